"""The console script: the channels' commands, and the judge's own beside them."""

from channels.cli import app

__all__ = ["app"]
