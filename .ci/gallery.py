"""Rebuilds reports/gallery: the feedback pages of the demo, and the picture that the README shows.

The picture needs Chromium; without it the old one stays.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

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


def render(out: Path) -> None:
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


def main() -> None:
    GALLERY.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        render(out)
        for page in sorted(out.glob("*/index.html")):
            shutil.copyfile(page, GALLERY / f"{page.parent.name}.html")
    if shutil.which("chromium"):
        take_picture(GALLERY / f"{PICTURED}.html", GALLERY / "feedback.png")
    else:
        sys.stderr.write("Chromium is not installed: the README's picture stays as it is.\n")


if __name__ == "__main__":
    main()
