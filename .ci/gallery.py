"""Rebuilds reports/gallery: its pages from their results, and the picture that the README shows.

With `--refresh` the demo, one of its notebooks run from top to bottom, and a network to train are
graded first, and their results replace the committed ones. The picture needs Chromium; without it
the old one stays.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from grader.model import Attempt, attempt_from_json
from grader.report.gallery import rebuild, timeless

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "tests/samples/demo"
GALLERY = ROOT / "reports/gallery"
PICTURED = "chiara-padding-once"
EXECUTED = "jun-colab-with-training"
TRAINED = "lina-trained-model"
STAFF = ROOT / "gradebook/results"

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


def grade(out: Path, *arguments: str | Path) -> list[Path]:
    """The results of what is named, as students may see them."""
    grader = Path(sys.executable).with_name("grader")
    command = [grader, "grade", *arguments, "--out", out, "--exit-zero"]
    subprocess.run(command, cwd=ROOT, check=True)
    return sorted(out.glob("*/results.json"))


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
        for results in grade(out / "demo", *sorted(DEMO.iterdir())):
            keep(results, results.parent.name)
        (executed,) = grade(out / "executed", DEMO / f"{EXECUTED}.ipynb", "--execute")
        keep(executed, f"{EXECUTED}-executed")
        handed_in = out / TRAINED
        handed_in.mkdir()
        shutil.copy(ROOT / "solutions/mnist/reference.py", handed_in / "mnist.py")
        options = ("--exercise", "mnist", "--data", "subset", "--device", "cpu")
        (trained,) = grade(out / "trained", handed_in, *options)
        attempt = keep(trained, "trained-model")
        keep(STAFF / f"{TRAINED}-{attempt.reference}.staff.json", "trained-model-for-staff")


def keep(results: Path, name: str) -> Attempt:
    attempt = attempt_from_json(results.read_bytes())
    (GALLERY / f"{name}.json").write_bytes(timeless(attempt))
    return attempt


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
