"""What parsers of other people trip over when they walk hostile bytes."""

from __future__ import annotations

import struct
import zlib

PARSER_FAULTS: tuple[type[Exception], ...] = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""Found by feeding each vendor mutated files. They are caught around the vendor's call alone, never around our own."""
