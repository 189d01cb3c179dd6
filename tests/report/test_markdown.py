from __future__ import annotations

import re
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report import markdown
from grader.report.markdown import rendered

from .attempts import MARKDOWN, PAYLOADS

TAG = re.compile(
    r"</?(?:em|strong|code|pre|ul|ol|li|blockquote|hr|br)>|<p(?: class=\"mdh\")?>|</p>"
)


def left_over(html: str) -> str:
    """What is neither one of our tags nor text."""
    return re.sub(r"[^<>]", "", TAG.sub("", html))


def test_text_is_rendered():
    html = rendered("# Week *1*\n\nMy **solution** has `x < y`:\n\n- a\n- b\n\n> why?")
    assert html == (
        '<p class="mdh">Week <em>1</em></p>\n<p>My <strong>solution</strong> has '
        "<code>x &lt; y</code>:</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<blockquote>\n"
        "<p>why?</p>\n</blockquote>\n"
    )


@pytest.mark.parametrize("text", [*PAYLOADS, *MARKDOWN])
def test_hostile_text_becomes_our_tags_and_text_only(text):
    assert left_over(rendered(text)) == ""


@given(st.text(alphabet="<>[]()!*_`#-= \n\"'&;:/ajpscrit", max_size=200))
def test_whatever_is_written_becomes_our_tags_and_text_only(text):
    assert left_over(rendered(text)) == ""


def test_html_is_shown_as_text():
    assert rendered("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"


def test_links_and_pictures_keep_their_words():
    assert rendered("[here](https://e.test) ![a cat](c.png)") == "<p>here a cat</p>\n"


@pytest.mark.parametrize("text", ["x" * 20_001, "[" * 2001, "*a" * 2001, "é" * 10_001])
def test_a_text_that_would_take_long_is_not_rendered(text):
    assert rendered(text) is None


@pytest.mark.parametrize(
    "text", ["[" * 2000, "*a " * 2000, "> " * 1999, "![[" * 600, "- " * 9000, "a\n" * 9999]
)
def test_what_is_rendered_takes_below_a_second(text):
    start = time.process_time()
    assert rendered(text) is not None
    assert time.process_time() - start < 1.0


def test_without_the_parser_the_source_is_shown(monkeypatch):
    monkeypatch.setitem(sys.modules, "markdown_it", None)
    markdown._converter.cache_clear()
    try:
        assert rendered("# x") is None
    finally:
        markdown._converter.cache_clear()
