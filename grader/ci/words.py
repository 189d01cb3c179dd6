"""Text that a student may have written, made harmless for logs, commands, Markdown and outputs.

A runner takes a line for a command if it starts with `::` or holds `##[`. Markdown on a forge
knows links, mentions, HTML and more; a character reference is plain text to it, whatever it
stands for. Mentions and bare links are found after that, so a word joiner breaks them.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator

__all__ = ["Muzzle", "code", "data", "line", "markdown", "neutral", "value"]

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_LINKS = re.compile(r"@|#|://|www\.|GH-", re.IGNORECASE)
_JOINER = "&#8288;"


class Muzzle:
    """Between `begin` and `end` a GitHub runner obeys no command that is printed."""

    def __init__(self) -> None:
        self._token = secrets.token_hex(16)

    @property
    def begin(self) -> str:
        return f"::stop-commands::{self._token}"

    @property
    def end(self) -> str:
        return f"::{self._token}::"


def neutral(text: str) -> str:
    """Lines for a log: no control characters, and nothing that a runner takes for a command."""
    return "\n".join(_harmless(one) for one in _UNSEEN.sub("�", text).splitlines())


def _harmless(one: str) -> str:
    if one.lstrip().startswith("::"):
        one = one.replace("::", ": :", 1)
    return one.replace("##[", "## [")


def line(text: str, most: int = 1000) -> str:
    """One line of at most `most` characters."""
    flat = " ".join(_UNSEEN.sub("�", text).split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


def data(text: str) -> str:
    """The message of a workflow command."""
    text = text.replace("##[", "## [")
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def value(text: str) -> str:
    """A property of a workflow command: file, title."""
    return data(text).replace(":", "%3A").replace(",", "%2C")


def markdown(text: str, most: int = 1000) -> str:
    """Plain text in Markdown, in HTML inside it, and in a table's cell."""
    return "".join(_escaped(line(text, most)))


def _escaped(text: str) -> Iterator[str]:
    position = 0
    for found in _LINKS.finditer(text):
        cut = found.start() + 1
        yield _references(text[position:cut])
        yield _JOINER
        position = cut
    yield _references(text[position:])


def _references(text: str) -> str:
    return _PUNCTUATION.sub(lambda found: f"&#{ord(found[0])};", text)


def code(text: str, most: int = 300) -> str:
    """The same, set as code."""
    return f"<code>{_references(line(text, most))}</code>" if text else ""
