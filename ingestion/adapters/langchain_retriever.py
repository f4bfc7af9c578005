"""Our index as a LangChain retriever, for whoever builds with LangChain."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field, SkipValidation

from ingestion.model import Hit
from ingestion.ports import PassageIndex, Where


class PassageRetriever(BaseRetriever):
    """A `BaseRetriever` over a passage index; region and day stay hard filters."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: SkipValidation[PassageIndex] = Field(exclude=True)
    where: Where = Where()
    limit: int = 10

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002  (LangChain names it; we report nothing to it)
    ) -> list[Document]:
        return [_document(hit) for hit in self.index.search(query, self.where, self.limit)]


def _document(hit: Hit) -> Document:
    passage = hit.passage
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "source": passage.source,
            "title": passage.title,
            "locator": passage.locator,
            "region": passage.region,
            "digest": passage.digest,
            "score": hit.score,
        },
    )
