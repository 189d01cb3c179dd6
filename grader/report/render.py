"""Pages as one self-contained HTML file each: nothing is fetched, nothing of a student's runs.

The policy in the page allows our one style sheet and our one script by their hashes and refuses
all else, `style=` attributes included. Escaping is on for every value; no template turns it off.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from grader.errors import InternalError, OutputError
from grader.messages import plural, say
from grader.model import Attempt
from grader.report.budget import BUDGETS, HARD_CAP
from grader.report.build import build
from grader.report.clean import clean, spans
from grader.report.clock import Clock, TooSlowError
from grader.report.page import Page
from grader.report.plain import plain_page

__all__ = ["Rendered", "page_html", "render", "render_surely", "write_page", "write_text"]

_COMMENT = re.compile(r"/\*.*?\*/|\{#.*?#\}", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A page; `problem` tells staff why it is a plain one, and is empty if it is not."""

    html: str
    problem: str = ""


def render(attempt: Attempt) -> str:
    """The page of one attempt, as far as the attempt was filtered for its audience.

    The same attempt gives the same bytes. A page above 2 MB is built again with less in it, and
    says so.

    Raises:
        TooSlowError: it takes over 2 s of processor time.
    """
    clock = Clock()
    for budget in BUDGETS:
        html = _attempt_html(build(attempt, budget, clock), clock)
        if len(html.encode()) <= HARD_CAP:
            return html
    raise InternalError("The shortest page of an attempt is still above 2 MB.")


def render_surely(attempt: Attempt) -> Rendered:
    """The page, or a plain one in its place where that cannot be made."""
    # Blanket: a page shows what a submission made up, and must not cost anyone their points.
    try:
        return Rendered(html=render(attempt))
    except TooSlowError:
        reason, told, details = say("plain.slow"), say("plain.slow.staff"), True
    except Exception as error:
        name = type(error).__name__
        reason, told, details = say("plain.failed"), say("plain.failed.staff", error=name), False
    return Rendered(html=plain_page(attempt, reason, details=details), problem=told)


def _attempt_html(page: Page, clock: Clock) -> str:
    is_trained = any(exercise.training for exercise in page.exercises)
    sheets = ("training.css",) if is_trained else ()
    return page_html("attempt", *sheets, clock=clock, page=page)


def write_page(attempt: Attempt, path: Path) -> str:
    """Write the page of one attempt: all of it, or nothing.

    Returns:
        What staff should know: that the page is a plain one, and why; "" if it is not.

    Raises:
        OutputError: the folder does not take the file.
    """
    page = render_surely(attempt)
    write_text(page.html, path)
    return page.problem


def write_text(html: str, path: Path) -> None:
    """Write one page under its final name only when it is complete.

    Raises:
        OutputError: the folder does not take the file.
    """
    draft = path.with_name(f".page-{os.getpid()}-{secrets.token_hex(4)}.tmp")
    try:
        try:
            with draft.open("xb") as file:
                file.write(html.encode())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"The page {path} could not be written: {error.strerror or error}. "
            "Choose another folder with --out, or make this one writable."
        ) from error


def page_html(name: str, *sheets: str, clock: Clock | None = None, **values: object) -> str:
    """The page `name` from its template, style sheet and script, under a policy for these two.

    `sheets` are further style sheets that this page needs and others do not.

    Raises:
        TooSlowError: the clock ran out.
    """
    css = "".join(map(_asset, ("base.css", f"{name}.css", "media.css", *sheets)))
    js = _asset(f"{name}.js")
    template = f"{name}.html.j2"
    pieces = (
        _environment()
        .get_template(template)
        .generate(
            css=Markup(css),  # ours, hashed in the policy; no value of a result is in it
            js=Markup(js),
            csp=_policy(css, js),
            **values,
        )
    )
    if clock is None:
        return clean("".join(pieces))
    return clean("".join(_timed(pieces, clock)))


def _timed(pieces: Iterable[str], clock: Clock) -> Iterator[str]:
    for number, piece in enumerate(pieces):
        if number % 64 == 0:
            clock.check()
        yield piece


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.globals.update(say=say, plural=plural, spans=spans)
    return environment


@cache
def _asset(name: str) -> str:
    """A template, style sheet or script, without comments, indentation and empty lines."""
    text = (resources.files("grader.report") / "templates" / name).read_text(encoding="utf-8")
    lines = (line.strip() for line in _COMMENT.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)


@cache
def _policy(css: str, js: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            "img-src data:",
            f"style-src {_hash(css)}",
            f"script-src {_hash(js)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
