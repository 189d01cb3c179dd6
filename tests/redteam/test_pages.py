"""The check of pages finds what a student made into markup; a clean page passes."""

from __future__ import annotations

import pytest

from grader.redteam.pages import page_problems


@pytest.fixture(scope="module")
def page(root):
    return (root / "reports/gallery/chiara-padding-once.html").read_text(encoding="utf-8")


def test_a_page_of_ours_has_no_problem(page):
    assert page_problems(page) == []


@pytest.mark.parametrize(
    ("payload", "problem"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<img src=x onerror=alert(1)>", "onerror"),
        ("<p onclick=alert(1)>x</p>", "<p onclick>"),
        ("<p style='display:none'>x</p>", "<p style>"),
        ("<a href='javascript:alert(1)'>x</a>", "links to"),
        ("<a href='//evil.example'>x</a>", "links to"),
        ("<a href='data:text/html,x'>x</a>", "links to"),
        ("<svg><a xlink:href='x'></a></svg>", "xlink"),
        ("<style>*{display:none}</style>", "<style>"),
        ("<iframe srcdoc=x></iframe>", "<iframe>"),
        ("<form action=x></form>", "<form>"),
        ("<base href=x>", "<base>"),
        ("<meta http-equiv=refresh content='0;url=x'>", "meta tag that acts"),
        ("<!-- x -->", "comment"),
        ("</main>", "out of turn"),
        ("<div>", "out of turn"),
        ("\u202ex", "bidi"),
        ("\x1b[31m", "control"),
    ],
)
def test_what_became_markup_is_found(page, payload, problem):
    spoilt = page.replace('<h2 id="code">', f'{payload}<h2 id="code">', 1)
    assert spoilt != page
    assert any(problem in found for found in page_problems(spoilt))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("default-src &#39;none&#39;", "default-src *"),
        ("style-src ", "style-src 'unsafe-inline' "),
        ("Content-Security-Policy", "X-Policy"),
    ],
)
def test_a_weaker_policy_is_found(page, old, new):
    assert old in page
    assert page_problems(page.replace(old, new)) != []


def test_a_page_that_is_too_large_is_found(page):
    large = page.replace("</main>", "x" * 2_000_001 + "</main>")
    assert "the page is larger than 2 MB" in page_problems(large)
