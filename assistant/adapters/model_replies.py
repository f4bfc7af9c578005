"""Reads what a model replied: one JSON object of a known shape, nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assistant.ports import WriterUnavailable

_PROMPTS = Path(__file__).parent.parent / "prompts"
Shape = TypeVar("Shape", bound=BaseModel)


def prompt(name: str) -> str:
    """Give the instructions for one task."""
    return (_PROMPTS / f"{name}.md").read_text(encoding="utf-8")


def read(reply: str, shape: type[Shape]) -> Shape:
    """Read a reply; raises WriterUnavailable where it is not of the shape. A fence around the object is let pass."""
    bare = reply.strip().removeprefix("```json").removeprefix("```").removesuffix("```").strip()
    try:
        return shape.model_validate(json.loads(bare))
    except (ValueError, ValidationError) as malformed:
        raise WriterUnavailable("the model's reply has another shape") from malformed
