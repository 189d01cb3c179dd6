"""The page without layout: points and what failed, for when the full page cannot be made.

It shares neither template nor views with the full page, so that what stops that one does not stop
this one too.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from grader.messages import LANGUAGE, say
from grader.model import Attempt, Audience, FunctionResult, Show, TestResult, Verdict
from grader.report import figures
from grader.report.clean import clean, shorten

__all__ = ["document", "plain_page"]

_MOST_TESTS = 500
_TEXT = 500
_CSS = (
    "body{max-width:54rem;margin:0 auto;padding:1rem;font:1rem/1.55 system-ui,sans-serif;"
    "overflow-wrap:anywhere}h2{font-size:1.2rem}ul{padding-left:1.2rem}"
)
_STYLE = "sha256-" + base64.b64encode(hashlib.sha256(_CSS.encode()).digest()).decode()
_PAGE = Markup(
    '<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src '{style}'; base-uri 'none'; form-action 'none'\">\n"
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n<title>{title}</title>\n'
    "<style>{css}</style>\n</head>\n"
    "<body>\n<main>\n<h1>{name}</h1>\n{lines}{parts}</main>\n"
    "</body>\n</html>\n"
)
_LINE = Markup("<p>{text}</p>\n")
_SECTION = Markup("<h2>{title}: {points}</h2>\n<ul>\n{rows}</ul>\n")
_FUNCTION = Markup("<li>{text}{inner}</li>\n")
_TESTS = Markup("\n<ul>\n{rows}</ul>\n")
_ROW = Markup("<li>{text}</li>\n")


def plain_page(attempt: Attempt, reason: str, *, details: bool) -> str:
    """Points by exercise and function; with `details` each test's verdict and sentence too."""
    name = shorten(attempt.submission.name, 200)
    points = figures.points(attempt.points), figures.points(attempt.max_points)
    return document(
        say("page.title", points=points[0], total=points[1], name=name),
        name,
        (say("function.points", points=points[0], total=points[1]), reason),
        _sections(attempt, details),
    )


def document(title: str, name: str, lines: Iterable[str], parts: Iterable[Markup]) -> str:
    """A whole page: a heading, lines of text below it, and what follows."""
    html = _PAGE.format(
        language=LANGUAGE,
        style=_STYLE,
        css=Markup(_CSS),  # ours, hashed in the policy
        title=title,
        name=name,
        lines=Markup("").join(_LINE.format(text=line) for line in lines),
        parts=Markup("").join(parts),
    )
    return clean(str(html))


def _sections(attempt: Attempt, details: bool) -> Iterator[Markup]:
    left = _MOST_TESTS if details else 0
    for exercise in attempt.exercises:
        rows = []
        for function in exercise.functions:
            tests = [t for t in function.tests if _is_named(t, attempt.audience)][:left]
            left -= len(tests)
            rows.append(_function(function, tests, details))
        yield _SECTION.format(
            title=shorten(exercise.title or exercise.slug, _TEXT),
            points=figures.out_of(exercise.points, exercise.max_points),
            rows=Markup("").join(rows),
        )


def _function(function: FunctionResult, tests: Sequence[TestResult], details: bool) -> Markup:
    text = f"{shorten(function.name, _TEXT)}: "
    text += figures.out_of(function.points, function.max_points)
    is_forbidden = function.verdict is Verdict.FORBIDDEN
    sentence = function.sentence or (say("verdict.FORBIDDEN.sentence") if is_forbidden else "")
    if details and sentence:
        text += f". {shorten(sentence, _TEXT)}"
    rows = Markup("").join(_ROW.format(text=_test(test)) for test in tests)
    return _FUNCTION.format(text=text, inner=_TESTS.format(rows=rows) if rows else "")


def _is_named(test: TestResult, audience: Audience) -> bool:
    return bool(test.title) and not (test.show is Show.HIDDEN and audience is Audience.STUDENT)


def _test(test: TestResult) -> str:
    parts = [say(f"verdict.{test.verdict.value}"), test.title]
    if test.verdict is not Verdict.PASSED:
        mismatch = test.mismatch.sentence if test.mismatch is not None else ""
        parts += [text for text in (test.sentence, mismatch, test.hint) if text]
    return " · ".join(shorten(part, _TEXT) for part in parts)
