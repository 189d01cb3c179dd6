"""A real Chromium for feedback pages; what it needs is named when it is absent.

GRADER_CHROMIUM  the browser, /usr/bin/chromium by default
GRADER_AXE       axe.min.js of the npm package axe-core
GRADER_HTML_VALIDATE  the command html-validate of the npm package of that name
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from grader.messages import say
from grader.report import render
from grader.report.plain import plain_page
from grader.report.plain_class import plain_class
from tests.report import attempts
from tests.report.classes import make_class


@dataclass
class Seen:
    """What a page did that nobody asked it to do."""

    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    @property
    def is_quiet(self) -> bool:
        return not (self.console or self.dialogs or self.requests)


@pytest.fixture(scope="session")
def chromium():
    path = os.environ.get("GRADER_CHROMIUM", "/usr/bin/chromium")
    if not Path(path).exists():
        pytest.skip(f"{path} is absent: install Debian's chromium or set GRADER_CHROMIUM")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is absent: pip install it")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    path = Path(os.environ.get("GRADER_AXE", "axe.min.js"))
    if not path.is_file():
        pytest.skip("axe-core is absent: npm install axe-core, then set GRADER_AXE to axe.min.js")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def html_validate() -> str:
    command = shutil.which(os.environ.get("GRADER_HTML_VALIDATE", "html-validate"))
    if command is None:
        pytest.skip("html-validate is absent: npm install it, then set GRADER_HTML_VALIDATE")
    return command


@pytest.fixture(scope="session")
def page_file(tmp_path_factory):
    """Writes the page of a fixture attempt once and gives its path."""
    folder = tmp_path_factory.mktemp("pages")
    made: dict[str, Path] = {}

    def path_of(name: str) -> Path:
        if name not in made:
            made[name] = folder / f"{name}.html"
            made[name].write_bytes(html_of(name).encode())
        return made[name]

    return path_of


def html_of(name: str) -> str:
    if name.startswith("hostile"):
        return render(attempts.hostile(attempts.PAYLOADS[int(name.removeprefix("hostile"))]))
    if name.startswith("plain"):
        return plain_page(attempts.verdicts(), say("plain.slow"), details=name == "plain-list")
    if name == "plain-class":
        return plain_class(make_class(12), say("plain.class"))
    if name == "markdown":
        return render(attempts.marked_down())
    return render(attempts.ATTEMPTS[name]())


@pytest.fixture
def visit(chromium):
    """Opens a file in a fresh context; returns the page and what it did."""
    contexts = []

    def open_file(path: Path, *, fragment: str = "", width: int = 1000, **options):
        context = chromium.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        context.set_default_timeout(5000)
        page = context.new_page()
        seen = Seen()
        address = path.as_uri()
        page.on(
            "request",
            lambda r: None if r.url.split("#")[0] == address else seen.requests.append(r.url),
        )
        page.on(
            "console",
            lambda m: seen.console.append(m.text) if m.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: seen.console.append(str(error)))
        page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(address + fragment)
        return page, seen

    yield open_file
    for context in contexts:
        context.close()
