"""How long a student waits: `grader --help`, `grader check` from cold, and after a save in --watch.

Beside them, in turns, `python -c "import torch"`, which no check can do without. Goals: 150 ms of
CPU for the help, 4 s for a cold check, 0.5 s from a save to its result.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GRADER = str(Path(sys.executable).with_name("grader"))
ROUNDS = 5
SETTLE_SECONDS = 8.0  # the next process of --watch imports torch meanwhile
SOLUTION = "import torch\n\n\ndef relu(x):\n    return x.clamp(min=0)\n"


def spent(command: Sequence[str], folder: Path) -> tuple[float, float]:
    """Wall and CPU seconds of a command and its children."""
    before, started = os.times(), time.perf_counter()
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    wall, after = time.perf_counter() - started, os.times()
    user = after.children_user - before.children_user
    return wall, user + after.children_system - before.children_system


def saves(folder: Path, rounds: int) -> list[float]:
    """Seconds from a save to the line that tells its result."""
    path = folder / "relu.py"
    process = subprocess.Popen(
        [GRADER, "check", "relu.py", "--watch"], cwd=folder, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    waited = []
    try:
        while "Watching" not in process.stdout.readline():
            pass
        for number in range(rounds):
            time.sleep(SETTLE_SECONDS)
            path.write_text(f"{SOLUTION}# {number}\n")
            started = time.perf_counter()
            while "public tests pass. The" not in process.stdout.readline():
                pass
            waited.append(time.perf_counter() - started)
    finally:
        process.kill()
        process.wait()
    return waited


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(ROOT / "exercises/relu", Path(place, "relu")))
        (folder / "relu.py").write_text(SOLUTION)
        commands = {
            "grader --help": [GRADER, "--help"],
            "import torch": [sys.executable, "-I", "-c", "import torch"],
            "grader check": [GRADER, "check", "relu.py"],
        }
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                times[name].append(spent(command, folder))
        for name, both in times.items():
            wall, cpu = (statistics.median(column) for column in zip(*both, strict=True))
            print(f"{name:28} {wall:6.2f} s  {cpu:6.2f} s of CPU  (medians of {ROUNDS})")
        waited = saves(folder, ROUNDS)
        print(
            f"{'a save in --watch':28} {statistics.median(waited):6.2f} s  worst {max(waited):.2f}"
        )
    print(f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
