"""`grader explain`: what a message means and what helps, from docs/messages.md.

That file is the one source. A wheel installs it as share/cnn-grader/messages.md; in a checkout it
is read where it stands.
"""

from __future__ import annotations

import difflib
import importlib.metadata
import re
from pathlib import Path

import click

from grader.errors import InternalError, UsageError

__all__ = ["command"]

_SECTION = re.compile(r"^## (?P<slug>\S+)\n(?P<text>.*?)(?=^##? |\Z)", re.DOTALL | re.MULTILINE)


@click.command("explain")
@click.argument("message", required=False)
def command(message: str | None) -> int:
    """Explain MESSAGE, the word in brackets at the end of an error, or a verdict like TIMEOUT.

    Without it, list them all.
    """
    sections = _sections()
    if message is None:
        for slug, text in sections.items():
            click.echo(f"{slug:18} {_who(text)}")
        return 0
    slug = message.strip("[]")
    if slug not in sections:  # OUTPUT is a verdict and output an error: as typed comes first
        slug = {name.casefold(): name for name in sections}.get(slug.casefold(), slug)
    if slug not in sections:
        near = difflib.get_close_matches(slug, sections, n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(sections)}"
        raise UsageError(f"there is no message `{slug}`; {hint}")
    click.echo(f"{slug}\n\n{_plain(sections[slug])}")
    return 0


def _sections() -> dict[str, str]:
    sections: dict[str, str] = {}
    for found in _SECTION.finditer(_path().read_text(encoding="utf-8")):
        text = found["text"].strip()
        earlier = sections.get(found["slug"])
        sections[found["slug"]] = text if earlier is None else f"{earlier}\n\n{text}"
    return sections


def _path() -> Path:
    site = Path(__file__).resolve().parents[2]
    shared = Path("share", "cnn-grader", "messages.md")
    recorded = importlib.metadata.files("cnn-grader") or ()
    candidates = [site / "docs" / "messages.md"]  # a checkout
    candidates += [Path(str(file.locate())) for file in recorded if file.name == shared.name]
    candidates += [site / shared]  # `pip install --target`, which records another place
    for path in candidates:
        if path.is_file():
            return path
    raise InternalError("messages.md was not installed with the grader")


def _who(text: str) -> str:
    """The first words, in italics: who acts."""
    found = re.match(r"\*(?P<who>[^*]+?)\.?\*", text)
    return found["who"] if found else ""


def _plain(text: str) -> str:
    """Markdown without its marks of emphasis and links."""
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    return re.sub(r"(?<!\w)\*([^*\n]+)\*", r"\1", text)
