"""A student's Markdown as HTML of a dozen harmless tags without one attribute but our own class.

HTML in the text is shown as text; links, pictures and ids are left out. The parser is optional
(`[instructor]`): without it, and for texts that would take it long, the source is shown.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from grader.report.clean import clean

__all__ = ["rendered"]

_MOST_BYTES = 20_000
_MOST_DELIMITERS = 2_000  # 50,000 opening brackets took 2.7 s
_DELIMITERS = "[]()*_`!<>\\&#|~"
_TAGS = {"p", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "hr", "br"}
_HEADING = "mdh"


def rendered(text: str) -> Markup | None:
    """HTML that is safe to print; None if the source is to be shown."""
    if len(text.encode("utf-8", "replace")) > _MOST_BYTES:
        return None
    if sum(map(text.count, _DELIMITERS)) > _MOST_DELIMITERS:
        return None
    convert = _converter()
    return None if convert is None else convert(clean(text))


@functools.cache
def _converter() -> Callable[[str], Markup] | None:
    try:
        import nh3  # noqa: PLC0415  # optional: students do without
        from markdown_it import MarkdownIt  # noqa: PLC0415  # likewise
    except ImportError:
        return None
    parser = MarkdownIt("commonmark", {"html": False}).disable(["html_block", "html_inline"])
    parser.core.ruler.push("plain", _plain)

    def convert(text: str) -> Markup:
        html = nh3.clean(
            parser.render(text),
            tags=_TAGS,
            clean_content_tags=set(),
            attributes={},
            tag_attribute_values={"p": {"class": {_HEADING}}},
            strip_comments=True,
        )
        return Markup(html)  # nh3 let through the tags above, and of attributes our class

    return convert


def _plain(state: Any) -> None:
    """Headings as paragraphs, so that they stay out of the page's outline; pictures by name."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "p"
        if token.type == "heading_open":
            token.attrs = {"class": _HEADING}
        for child in token.children or ():
            if child.type == "image":
                child.type, child.content = "text", child.content or "picture"
