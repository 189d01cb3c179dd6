"""Rebuilds reports/gallery: its pages from their results, and the picture that the README shows.

With `--refresh` the demo is graded first and its results replace the committed ones. The picture
needs Chromium; without it the old one stays.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from grader.model import attempt_from_json
from grader.report.gallery import rebuild, timeless

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "tests/samples/demo"
GALLERY = ROOT / "reports/gallery"
PICTURED = "chiara-padding-once"

CHROMIUM = [
    "chromium",
    "--headless",
    "--no-sandbox",  # it opens a page of ours from disk
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--hide-scrollbars",
    "--window-size=1000,1800",
]


def grade_demo(out: Path) -> None:
    grader = Path(sys.executable).with_name("grader")
    paths = sorted(DEMO.iterdir())
    subprocess.run([grader, "grade", *paths, "--out", out], cwd=ROOT, check=True)


def take_picture(page: Path, picture: Path) -> None:
    with tempfile.TemporaryDirectory() as profile:
        command = [
            *CHROMIUM,
            f"--user-data-dir={profile}",
            f"--screenshot={picture}",
            page.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=60)


def refresh() -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        grade_demo(out)
        for results in sorted(out.glob("*/results.json")):
            attempt = attempt_from_json(results.read_bytes())
            (GALLERY / f"{results.parent.name}.json").write_bytes(timeless(attempt))


def main() -> None:
    if "--refresh" in sys.argv[1:]:
        refresh()
    rebuild(GALLERY)
    if shutil.which("chromium"):
        take_picture(GALLERY / f"{PICTURED}.html", GALLERY / "feedback.png")
    else:
        sys.stderr.write("Chromium is not installed: the README's picture stays as it is.\n")


if __name__ == "__main__":
    main()
