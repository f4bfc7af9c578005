"""Keep the vectors of passages in Chroma, through langchain-chroma: in a folder, or on a server."""

from __future__ import annotations

import fcntl
import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
import numpy.typing as npt
from chromadb.api import ClientAPI
from chromadb.config import Settings
from chromadb.errors import ChromaError
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from ingestion.model import Passage
from ingestion.ports import Embedder, SourceUnavailable

BATCH = 500
_KEPT_VECTORS = 20_000
_FAULTS = (ChromaError, httpx.HTTPError, OSError, ValueError, RuntimeError)
"""What Chroma raises when its folder is damaged or its server does not answer."""

Vector = npt.NDArray[np.float32]


class _Given(Embeddings):
    """Our embedder as LangChain's, so that Chroma is never left to fetch a model of its own."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [list(vector) for vector in self._embedder.embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        return list(self._embedder.embed_query(text))


class ChromaVectors:
    """Vectors by what was said: the key is made of a passage's id and words, so a vector never goes stale.

    `where` is a folder or the address of a server ("http://127.0.0.1:8001"). One process writes a folder; a server may
    be written and read by several. Each model has a collection of its own.
    """

    def __init__(self, where: str | Path, embedder: Embedder) -> None:
        self._where = where
        self._embedder = embedder
        self._store: Chroma | None = None
        self._recent: OrderedDict[str, Vector] = OrderedDict()

    def put(self, passages: Sequence[Passage]) -> int:
        """Keep the vectors of passages that are not held yet; give how many were made."""
        by_key = {vector_key(passage): passage for passage in passages}
        held = self._held(by_key)
        missing = [(key, passage) for key, passage in by_key.items() if key not in held]
        with self._writing():
            for start in range(0, len(missing), BATCH):
                piece = missing[start : start + BATCH]
                with _answered():
                    self._open().add_texts(
                        texts=[f"{passage.title}\n{passage.text}" for _, passage in piece],
                        metadatas=[{"source": passage.source, "passage": passage.id} for _, passage in piece],
                        ids=[key for key, _ in piece],
                    )
        return len(missing)

    def drop(self, keys: Iterable[str]) -> None:
        """Forget vectors; keys not held are no matter."""
        gone = list(self._held(keys))
        with self._writing():
            for start in range(0, len(gone), BATCH):
                with _answered():
                    self._open().delete(ids=gone[start : start + BATCH])
        for one in gone:
            self._recent.pop(one, None)

    def vectors(self, keys: Sequence[str]) -> Mapping[str, Vector]:
        """Give the vectors held under these keys; those not held are left out. Raises SourceUnavailable."""
        unknown = [one for one in keys if one not in self._recent]
        if unknown:
            with _answered():
                found = self._open().get(ids=unknown, include=["embeddings"])
            for one, vector in zip(found["ids"], found["embeddings"], strict=True):
                self._recent[one] = np.asarray(vector, dtype=np.float32)
        known = {one: self._recent[one] for one in keys if one in self._recent}
        while len(self._recent) > _KEPT_VECTORS:
            self._recent.popitem(last=False)
        return known

    def nearest(self, query: str, limit: int) -> list[tuple[str, float]]:
        """Give the passage ids nearest to a question with their cosine, best first. Raises SourceUnavailable."""
        vector = list(self._embedder.embed_query(query))
        with _answered():
            found = self._open().similarity_search_by_vector_with_relevance_scores(vector, k=limit)
        return [(str(document.metadata["passage"]), 1.0 - float(distance)) for document, distance in found]

    def question(self, query: str) -> Vector:
        """Give the vector of a question."""
        return np.asarray(self._embedder.embed_query(query), dtype=np.float32)

    def _held(self, keys: Iterable[str]) -> set[str]:
        wanted = list(dict.fromkeys(keys))
        held: set[str] = set()
        for start in range(0, len(wanted), BATCH):
            with _answered():
                held.update(self._open().get(ids=wanted[start : start + BATCH], include=[])["ids"])
        return held

    def _open(self) -> Chroma:
        if self._store is None:
            model = hashlib.sha256(self._embedder.name.encode()).hexdigest()[:16]
            with _answered():
                self._store = Chroma(
                    collection_name=f"passages-{model}",
                    embedding_function=_Given(self._embedder),
                    client=self._client(),
                    collection_configuration={"hnsw": {"space": "cosine", "ef_construction": 100, "ef_search": 100}},
                )
        return self._store

    def _client(self) -> ClientAPI:
        settings = Settings(anonymized_telemetry=False)
        address = urlsplit(str(self._where))
        if address.scheme in ("http", "https") and address.hostname:
            secure = address.scheme == "https"
            port = address.port or (443 if secure else 8000)
            return chromadb.HttpClient(host=address.hostname, port=port, ssl=secure, settings=settings)
        Path(self._where).mkdir(parents=True, exist_ok=True)
        return chromadb.PersistentClient(path=str(self._where), settings=settings)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the one writer's lock of a folder; a server keeps its own order."""
        if urlsplit(str(self._where)).scheme in ("http", "https"):
            yield
            return
        Path(self._where).mkdir(parents=True, exist_ok=True)
        with (Path(self._where) / ".lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as busy:
                raise SourceUnavailable("another process is writing the vectors; try again when it is done") from busy
            yield


def vector_key(passage: Passage) -> str:
    """Name the vector of a passage: another wording, another key."""
    return hashlib.sha256(f"{passage.id}\n{passage.title}\n{passage.text}".encode()).hexdigest()[:32]


@contextmanager
def _answered() -> Iterator[None]:
    try:
        yield
    except _FAULTS as broken:
        raise SourceUnavailable(f"the vector store does not answer: {broken}") from broken
