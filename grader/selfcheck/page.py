"""A check as HTML: a fragment for a notebook's cell, and one self-contained file.

Escaping is on for every value; no script, nothing is fetched.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
from functools import cache
from importlib import resources
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from grader.compare.sides import sides
from grader.errors import OutputError
from grader.messages import say
from grader.selfcheck.result import CheckResult, short_numbers

__all__ = ["to_html", "write_html"]

_UNSEEN = re.compile(  # control, bidirectional and zero-width characters, halves of surrogates
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def to_html(result: CheckResult) -> str:
    """The fragment that a notebook shows under a cell; colours follow its theme."""
    html = _environment().get_template("check.html.j2").render(check=result, style=_style())
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", html)


def write_html(result: CheckResult, path: Path) -> None:
    """Write the same as a page of its own: all of it, or nothing.

    Raises:
        OutputError: it could not be written.
    """
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    page = _environment().get_template("page.html.j2")
    html = page.render(
        title=say(
            "check.title", title=result.result.title, passed=result.passed, total=result.total
        ),
        body=Markup(to_html(result)),  # rendered above, with escaping on
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'",
    )
    draft = path.with_name(f".check-{secrets.token_hex(4)}.tmp")
    try:
        draft.write_text(html, encoding="utf-8", newline="\n")
        os.replace(draft, path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise OutputError(f"{path}: cannot be written ({error.strerror})") from None


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(say=say, short_numbers=short_numbers, sides=sides)
    return environment


@cache
def _style() -> Markup:
    return Markup(_asset("check.css"))  # ours; no value of a result is in it


def _asset(name: str) -> str:
    return (resources.files("grader.selfcheck") / "templates" / name).read_text(encoding="utf-8")
