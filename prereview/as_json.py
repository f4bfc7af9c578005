"""What was read, as JSON: into the vault, and out of a child process that nobody has to trust."""

from __future__ import annotations

from pydantic import ConfigDict, TypeAdapter

from prereview.model import ReadFile

READ_FILE = TypeAdapter(ReadFile, config=ConfigDict(ser_json_bytes="base64", val_json_bytes="base64"))
"""Every field is checked when it is read back; images travel as base64."""
