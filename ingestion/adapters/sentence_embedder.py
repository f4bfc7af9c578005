"""Vectors from any sentence-transformers model: a local folder, or a model already in the machine's cache."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ingestion.ports import SourceUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 64


class SentenceEmbedder:
    """Unit vectors, batch in, batch out. The model is loaded at the first use (torch alone takes seconds)."""

    def __init__(self, model: str, device: str = "cpu") -> None:
        self.name = model
        self._device = device
        self._model: SentenceTransformer | None = None

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Give one vector of length 1 per passage, in order."""
        if not texts:
            return []
        vectors = self._loaded().encode_document(
            list(texts), batch_size=BATCH, convert_to_numpy=True, show_progress_bar=False
        )
        return _units(np.asarray(vectors))

    def embed_query(self, query: str) -> Sequence[float]:
        """Give the vector of a question, with the model's own instruction for questions where it has one."""
        vector = self._loaded().encode_query([query], convert_to_numpy=True, show_progress_bar=False)
        return _units(np.asarray(vector))[0]

    def _loaded(self) -> SentenceTransformer:
        """Load the model. Raises SourceUnavailable when the package or the model is not there."""
        if self._model is None:
            try:
                from sentence_transformers import SentenceTransformer

                self._model = SentenceTransformer(self.name, device=self._device)
            except ImportError as missing:
                raise SourceUnavailable(
                    "a vector model needs the `models` extra: install it with `make models`"
                ) from missing
            except (OSError, ValueError, KeyError) as broken:
                raise SourceUnavailable(f"the model {self.name} cannot be loaded: {broken}") from broken
        return self._model


def _units(vectors: npt.NDArray[np.float32]) -> list[list[float]]:
    """Bring every vector to length 1; one without direction (no known word) points everywhere equally."""
    wide = vectors.astype(np.float64)
    lengths = np.linalg.norm(wide, axis=1, keepdims=True)
    even = np.full(wide.shape[1], 1 / np.sqrt(wide.shape[1]))
    known = np.isfinite(lengths) & (lengths > 0)
    units = np.where(known, wide / np.where(known, lengths, 1), even)
    found: list[list[float]] = units.tolist()
    return found
