"""Whether a feedback page is nothing but our own markup, whatever a student put into its texts.

The page is read as a browser reads it, and every tag, attribute and link is compared with what
our templates use. So a payload that became markup is found without knowing what it looked like.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser

__all__ = ["page_problems"]

_TAG_NAMES = """
    a article b body button caption code dd details div dl dt figcaption figure footer h1 h2 h3
    h4 head header html i input label li link main meta ol p path pre q rect script section span
    strong style summary svg symbol table tbody td text th thead title tr ul use circle g line
    polyline polygon kbd samp em small mark defs desc blockquote br hr img
"""
_TAGS = frozenset(_TAG_NAMES.split())
_VOID = frozenset({"meta", "input", "link", "br", "hr", "img"})
_LINKS = re.compile(r"#[\w.:-]*|https://[\w./#?=%-]+|http://[\w./#?=%-]+")
_PICTURES = re.compile(r"data:image/png;base64,[A-Za-z0-9+/]+=*")
_ATTRIBUTES = re.compile(
    r"aria-[a-z]+|data-[a-z]+|class|id|href|rel|lang|charset|http-equiv|content|name|role|hidden"
    r"|tabindex|viewbox|preserveaspectratio|d|x|y|x1|x2|y1|y2|r|cx|cy|rx|ry|width|height|scope"
    r"|stroke-[a-z]+|colspan|rowspan|type|autocomplete|spellcheck|open|points|transform|fill|stroke|for"
    r"|src|alt"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]")
MAX_BYTES = 2_000_000


def page_problems(html: str) -> list[str]:
    """What is wrong with a page, in words."""
    return list(_problems(html))


def _problems(html: str) -> Iterator[str]:
    if len(html.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        yield "the page is larger than 2 MB"
    if _CONTROL.search(html):
        yield "the page holds control or bidi characters"
    reader = _Reader()
    reader.feed(html)
    reader.close()
    yield from dict.fromkeys(reader.problems)
    if reader.stack:
        yield f"the page does not close <{reader.stack[-1]}>"
    for tag in ("script", "style"):
        if len(reader.raw[tag]) != 1:
            yield f"the page has {len(reader.raw[tag])} <{tag}>"
        elif _hash(reader.raw[tag][0]) not in reader.policy:
            yield f"the policy of the page does not name its <{tag}>"
    for needed in ("default-src 'none'", "base-uri 'none'", "form-action 'none'"):
        if needed not in reader.policy:
            yield f"the policy of the page lacks {needed}"
    if "unsafe" in reader.policy:
        yield "the policy of the page allows what is unsafe"


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


class _Reader(HTMLParser):
    """Collects what does not belong into a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.problems: list[str] = []
        self.stack: list[str] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.policy = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.problems.append(f"the page has a tag <{tag[:40]}>")
        for name, value in attrs:
            self._attribute(tag, name, value or "")
        if tag == "meta" and dict(attrs).get("http-equiv") == "Content-Security-Policy":
            self.policy = self.policy or dict(attrs).get("content") or ""
        elif tag == "meta" and "http-equiv" in dict(attrs):
            self.problems.append("the page has a meta tag that acts")
        if tag in self.raw:
            self.raw[tag].append("")
        if tag not in _VOID and not (self.get_starttag_text() or "").endswith("/>"):
            self.stack.append(tag)

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if not _ATTRIBUTES.fullmatch(name):
            self.problems.append(f"the page has an attribute <{tag} {name[:40]}>")
        if name == "href" and not _LINKS.fullmatch(value):
            self.problems.append(f"the page links to {value[:60]!r}")
        if name == "src" and not (tag == "img" and _PICTURES.fullmatch(value)):
            self.problems.append(f"the page takes something from {value[:60]!r}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self.stack or self.stack.pop() != tag:
            self.problems.append(f"the page closes <{tag[:40]}> out of turn")

    def handle_data(self, data: str) -> None:
        if self.stack and self.stack[-1] in self.raw:
            self.raw[self.stack[-1]][-1] += data

    def handle_comment(self, data: str) -> None:
        self.problems.append("the page has a comment")
