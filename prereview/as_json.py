"""What was read, as JSON: into the vault, and out of a child process that nobody has to trust."""

from __future__ import annotations

from pydantic import TypeAdapter

from prereview.model import ReadFile

READ_FILE = TypeAdapter(ReadFile)
"""Every field is checked when it is read back; images travel as base64."""
