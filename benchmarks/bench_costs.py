"""What one submission of a class costs, split by stage, against the budget of the design.

Runs a class in this process, without shards, and times the calls that make up each stage; time
inside a stage that belongs to another one is taken off. CPU of workers is the kernel's figure.
"""

from __future__ import annotations

import argparse
import contextlib
import cProfile
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent))

from classes import WORKLOADS, copy_course, make_class  # after the path

from grader.batch import grading, opening, shard, store
from grader.batch.discovering import find, roster_of
from grader.batch.executor import Done
from grader.catalog import load_course
from grader.gradebook import Gradebook
from grader.model import attempt_from_json
from grader.pipeline.diagnosis import Diagnosis
from grader.runner import proxy
from grader.runner.student import StudentWorker
from grader.sandbox import Sandbox

BUDGET_MS = {"worker": 45, "tests": 12, "compare": 5, "page": 8, "database": 2}


class Clock:
    """Own time of each stage: what runs inside a stage and belongs to another is not counted."""

    def __init__(self) -> None:
        self.wall: dict[str, float] = defaultdict(float)
        self.cpu: dict[str, float] = defaultdict(float)
        self._stack: list[list[float]] = []

    def wrap(self, owner: Any, name: str, stage: str) -> None:
        inner = getattr(owner, name)

        def timed(*arguments: Any, **options: Any) -> Any:
            with self.stage(stage):
                return inner(*arguments, **options)

        def streamed(*arguments: Any, **options: Any) -> Iterator[Any]:
            values = inner(*arguments, **options)
            while True:
                with self.stage(stage):
                    try:
                        value = next(values)
                    except StopIteration:
                        return
                yield value

        setattr(owner, name, streamed if name == "call" else timed)

    @contextlib.contextmanager
    def stage(self, stage: str) -> Iterator[None]:
        self._stack.append([0.0, 0.0])
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            spent = time.perf_counter() - wall, time.process_time() - cpu
            inside = self._stack.pop()
            self.wall[stage] += spent[0] - inside[0]
            self.cpu[stage] += spent[1] - inside[1]
            if self._stack:
                self._stack[-1][0] += spent[0]
                self._stack[-1][1] += spent[1]


class Here:
    """An executor without processes."""

    def run(self, start: Callable[[], Any], chunks: Iterator[Any]) -> Iterator[Any]:
        with start() as work:
            while chunk := next(chunks, ()):
                answers: list[bytes] = []
                work(chunk, lambda _, answer, answers=answers: answers.append(answer))
                yield from map(Done, answers)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=60)
    parser.add_argument("--workload", choices=WORKLOADS, default="week")
    parser.add_argument("--profile", help="also write cProfile's figures to this file")
    options = parser.parse_args()
    workload = WORKLOADS[options.workload]
    with tempfile.TemporaryDirectory() as name, Sandbox() as sandbox:
        root = Path(name)
        (root / "course").mkdir()
        course = load_course(copy_course(root / "course", workload))
        assignment = course.assignment("week1")
        make_class(root / "hand-in", options.size, workload=workload)
        with Gradebook(root / "private" / "gradebook.db") as book:
            owned = find([root / "hand-in"], assignment, book, roster_of(course, None, book)).owned
            job = opening.open_job(
                course, assignment, out=root / "pages", private=root / "private",
                open_sandbox=lambda: contextlib.nullcontext(sandbox),
            )  # fmt: skip
            run(job, owned[:4], book, None)  # warm: first uses of torch, pytest, jinja
            clock = Clock()
            measure(job, owned[4:], book, clock, options.profile)


def run(job: Any, owned: Any, book: Any, clock: Clock | None) -> float:
    started = time.perf_counter()
    with clock.stage("rest") if clock else contextlib.nullcontext():
        grading.grade_class(
            job, owned, book, Here(), chunk=32, listen=lambda student, row, problem="": None
        )
    return time.perf_counter() - started


def measure(job: Any, owned: Any, book: Any, clock: Clock, profile: str | None) -> None:
    clock.wrap(Sandbox, "spawn", "fork")
    clock.wrap(StudentWorker, "close", "fork")
    clock.wrap(StudentWorker, "found", "load")
    clock.wrap(StudentWorker, "call", "tests")
    clock.wrap(proxy, "judge", "compare")
    clock.wrap(Diagnosis, "explain", "hints")
    clock.wrap(store, "write_page", "page")
    clock.wrap(shard, "show_attempt", "files")
    clock.wrap(shard, "store_results", "files")
    clock.wrap(grading, "record_result", "database")
    clock.wrap(grading.Run, "record", "database")
    clock.wrap(grading.ClassRun, "prepared", "reading")
    if profile:
        with cProfile.Profile(time.process_time) as figures:
            wall = run(job, owned, book, clock)
        figures.dump_stats(profile)
    else:
        wall = run(job, owned, book, clock)
    n = len(owned)
    print(f"{n} submissions of three exercises, {1000 * wall / n:.1f} ms each, {n / wall:.1f}/s")
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(f"{'stage':<10}{'wall ms':>9}{'grader CPU ms':>15}")
    for stage in sorted(clock.wall, key=lambda one: -clock.wall[one]):
        print(f"{stage:<10}{1000 * clock.wall[stage] / n:9.1f}{1000 * clock.cpu[stage] / n:15.1f}")
    staff = (job.private / "results").rglob("*.staff.json")
    workers = [cpu_of(path) for path in staff]
    print(f"CPU of a worker since it was handed over: {1000 * statistics.mean(workers):.1f} ms")
    print("budget:", ", ".join(f"{name} {ms} ms" for name, ms in BUDGET_MS.items()))


def cpu_of(path: Path) -> float:
    return attempt_from_json(path.read_bytes()).measured.cpu_seconds


if __name__ == "__main__":
    main()
