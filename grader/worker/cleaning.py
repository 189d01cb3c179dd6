"""Source text made safe to look at: what cannot be seen, or reorders the line, is spelled out."""

from __future__ import annotations

from typing import Final

__all__ = ["clean", "cut"]

_PICTURES: Final = 0x2400  # U+2400 … are pictures of the control characters
_REORDERING: Final = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_INVISIBLE: Final = (0x00AD, 0x180E, 0x200B, 0x200C, 0x200D, 0x2028, 0x2029, 0x2060, 0xFEFF)

_VISIBLE: Final[dict[int, str]] = {
    **{code: chr(_PICTURES + code) for code in range(32) if chr(code) not in "\n\t"},
    127: "\u2421",
    **{code: f"<U+{code:04X}>" for code in (*range(0x80, 0xA0), *_REORDERING, *_INVISIBLE)},
}


def clean(text: str) -> str:
    """The text with control, ANSI, bidirectional and other invisible characters spelled out."""
    if text.isascii() and text.isprintable():
        return text
    seen = text.translate(_VISIBLE)
    return seen.encode("utf-8", "replace").decode("utf-8")  # lone surrogates become "?"


def cut(text: str, most_bytes: int) -> tuple[str, bool]:
    """The text as far as it fits into `most_bytes` of UTF-8, and whether something is missing."""
    data = text.encode("utf-8")
    if len(data) <= most_bytes:
        return text, False
    return data[:most_bytes].decode("utf-8", "ignore"), True
