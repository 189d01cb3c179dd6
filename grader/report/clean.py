"""Text that people and machines wrote, made fit to show: what is invisible or moves is removed.

`clean` runs over a finished page, after escaping, so that no text can be forgotten. It only takes
characters away that our templates never use, hence it can neither make nor break markup.
"""

from __future__ import annotations

import re

from grader.messages import say

__all__ = ["anchor", "clean", "shorten", "spans"]

_TERMINAL = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours and cursor
    r"|\x1b\][^\x07\x1b<>]*(?:\x07|\x1b\\)?"  # window titles and links; `<` and `>` are markup here
)
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and newline
    "\u00ad\u061c\u180e\u200b\u200e\u200f"  # soft hyphen, marks of direction, zero width
    "\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # bidi embeddings: "Trojan Source"
    "\U000e0000-\U000e007f]"  # tags: text that no font shows
)
_LONE = re.compile("[\ud800-\udfff]")
_CODE = re.compile(r"`([^`\n]+)`")
_NOT_IN_ANCHOR = re.compile(r"[^A-Za-z0-9_.:-]+")


def clean(text: str) -> str:
    """`text` without terminal sequences, control and bidi characters; lone surrogates as U+FFFD."""
    if "\x1b" in text:
        text = _TERMINAL.sub("", text)
    return _LONE.sub("\ufffd", _UNSEEN.sub("", text))


def anchor(text: str) -> str:
    """`text` as an HTML id that also stands unescaped in a URL fragment."""
    return _NOT_IN_ANCHOR.sub("-", text)[:200] or "-"


def shorten(text: str, limit: int) -> str:
    """`text`, or its first `limit` characters and how many more there are."""
    if len(text) <= limit:
        return text
    return text[:limit] + say("text.cut", n=len(text) - limit)


def spans(text: str) -> list[tuple[bool, str]]:
    """`text` in pieces, (whether it stood in backticks, the piece); a template escapes each."""
    if "`" not in text:
        return [(False, text)]
    pieces = _CODE.split(text)
    return [(n % 2 == 1, piece) for n, piece in enumerate(pieces) if piece]
