"""Open the index with what the operator chose: words alone, or words and vectors."""

from __future__ import annotations

from pathlib import Path

from ingestion.adapters.lexical_index import LexicalIndex
from ingestion.ports import Library


def open_index(folder: Path, *, embedder: str = "", chroma: str = "") -> Library:
    """Open the index in `folder`; with a model (`embedder`) its vectors lie in a folder beside it or on a server.

    `chroma` is host:port or an address of a Chroma server; "" keeps the vectors in `folder`. The vector path is loaded
    only when it is used: it costs seconds.
    """
    lexical = LexicalIndex(folder / "lexical")
    if not embedder:
        return lexical
    from ingestion.adapters.chroma_vectors import ChromaVectors
    from ingestion.adapters.hybrid_index import HybridIndex
    from ingestion.adapters.sentence_embedder import SentenceEmbedder

    address = chroma if not chroma or "://" in chroma else f"http://{chroma}"
    return HybridIndex(lexical, ChromaVectors(address or folder / "vectors", SentenceEmbedder(embedder)))
