"""Our feedback page beside nbgrader's and pytest-html's, for one and the same submission.

The hidden tests of three exercises run in each tool's own form: ours by `grader grade`, nbgrader's
as one autograded cell a test (`autograde`, `generate_feedback`), pytest-html's as one test each
(`--self-contained-html`). Every page is opened from disk in Chromium and looked at by axe-core.
Needs Playwright, Chromium and axe.min.js in GRADER_AXE; peers live in --environments, as for
bench_peers.py, without which it makes them.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_peers import LOAD, MODULES, cell, install, modules_of, names, notebook, timed
from classes import ROOT, lend_course
from playwright.sync_api import sync_playwright

SUBMISSION = ROOT / "tests/samples/demo/ben-half-done"
WIDTH = "document.documentElement.scrollWidth"
HIDDEN = ("cases.random", "submission.pool_out.agrees_with", "oracle.pool_out")  # of our tests


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--environments", type=Path, default=Path.home() / ".cache/cnn-grader/peers"
    )
    parser.add_argument("--keep", type=Path, help="a folder for the pages, to look at them")
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        course = lend_course(root / "course")
        pages = {
            "grader": by_grader(root / "ours", course),
            "nbgrader": by_nbgrader(root / "nbgrader", options.environments),
            "pytest-html": by_pytest_html(root / "pytest", options.environments),
        }
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            for tool, page in pages.items():
                shutil.copy(page, options.keep / f"{tool}.html")
        show({tool: looked_at(page) for tool, page in pages.items()})


def by_grader(out: Path, course: Path) -> Path:
    command = [str(Path(sys.executable).with_name("grader")), "grade", str(SUBMISSION)]
    command += ["--course", str(course), "--out", str(out), "--exit-zero"]
    subprocess.run(command, check=True, capture_output=True)
    return out / SUBMISSION.name / "index.html"


def by_nbgrader(folder: Path, environments: Path) -> Path:
    program = str(install("nbgrader", environments) / "nbgrader")
    folder.mkdir()
    (folder / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.root = '.'\n")
    for place, source in (
        ("source/week1", "### BEGIN SOLUTION\npass\n### END SOLUTION"),
        ("submitted/ben/week1", modules_of(SUBMISSION)),
    ):
        (folder / place).mkdir(parents=True)
        (folder / place / "week1.ipynb").write_text(notebook(cells(source)))
        if place.startswith("source"):
            timed([program, "generate_assignment", "week1"], folder)
    for verb in ("autograde", "generate_feedback"):
        timed([program, verb, "week1", "--student", "ben"], folder)
    return next((folder / "feedback").rglob("*.html"))


def cells(solution: str) -> list[dict[str, object]]:
    """A cell a test, with the test's own text in it, as authors of nbgrader write them."""
    rules = {"task": False, "locked": True, "solution": False}
    made = [cell(LOAD, **rules, grade=False, grade_id="setup")]
    own = {**rules, "locked": False, "solution": True}
    made.append(cell(solution, **own, grade=False, grade_id="solution"))
    for name, text in texts().items():
        source = f"{text}\nplain.check({name!r}, globals())"
        made.append(cell(source, **rules, grade=True, points=1, grade_id=name))
    return made


def texts() -> dict[str, str]:
    """The text of each test."""
    code = "import plain, json, inspect; t = plain.tests(); "
    code += "print(json.dumps({n: inspect.getsource(t[n][0]) for n in t}))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parent / "peers", capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, str] = json.loads(done.stdout)
    return {name: found[name][found[name].index("def ") :] for name in names()}


def by_pytest_html(folder: Path, environments: Path) -> Path:
    binaries = install("pytest-html", environments, ["pytest", "pytest-html"])
    shutil.copytree(SUBMISSION, folder)
    tests = "".join(
        f"\n\ndef test_{name}():\n    plain.check({name!r}, globals())\n" for name in names()
    )
    (folder / "test_all.py").write_text(LOAD + "sys.path.insert(0, '.')\n" + MODULES + tests)
    command = [str(binaries / "python"), "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    command += ["--html=out.html", "--self-contained-html", "test_all.py"]
    timed(command, folder, codes=(0, 1))
    return folder / "out.html"


def looked_at(page: Path) -> dict[str, Any]:
    """What Chromium and axe-core say of one page."""
    axe = Path(os.environ["GRADER_AXE"]).read_text(encoding="utf-8")
    requests: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("GRADER_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox"],  # pages of ours and of peers, from disk
        )
        wide = browser.new_page(viewport={"width": 1280, "height": 900})
        wide.on("request", lambda r: requests.append(r.url))
        wide.goto(page.as_uri())
        wide.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        wide.evaluate(axe)
        found = wide.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        phone = browser.new_page(viewport={"width": 320, "height": 800})
        phone.goto(page.as_uri())
        beyond = phone.evaluate(WIDTH) - 320
        still = browser.new_context(java_script_enabled=False).new_page()
        still.goto(page.as_uri())
        words = len(still.inner_text("body").split())
        browser.close()
    html = page.read_text(encoding="utf-8")
    return {
        "bytes": f"{page.stat().st_size:,}",
        "requests to other machines": sum(not r.startswith(("file:", "data:")) for r in requests),
        "axe rules violated": len(found),
        "elements concerned": sum(len(one["nodes"]) for one in found),
        "rules": ", ".join(sorted(one["id"] for one in found)) or "none",
        "wider than 320 pixels by": max(0, beyond),
        "words without JavaScript": words,
        "policy in the page": "Content-Security-Policy" in html,
        "text of hidden tests": sum(text in html for text in HIDDEN),
    }


def show(table: dict[str, dict[str, Any]]) -> None:
    for row in next(iter(table.values())):
        print(f"{row:<28}", *(f"{found[row]!s:<28}" for found in table.values()), sep=" | ")


if __name__ == "__main__":
    main()
