"""A large class in one run: the memory of the grader must stay flat, the time linear.

After every 500 submissions it prints what the coordinating process and its shards hold: resident
memory, and the part of it that is theirs alone. The goal is ±10 % after the first 500. Sandboxes
are printed beside it, and what the summary of the class at the end takes.

    python benchmarks/bench_class_memory.py [--size 5000] [--every 500] [--jobs 1] [--folder DIR]
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent))

from classes import copy_course, make_class  # after the path
from soak import beneath, resident_bytes

from grader.batch.discovering import find, roster_of
from grader.batch.executor import Local
from grader.batch.grading import grade_class
from grader.batch.opening import open_job
from grader.batch.publishing import publish
from grader.catalog import load_course
from grader.gradebook import Gradebook

LIMIT = 0.10


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The memory of the grader at one moment, in bytes."""

    done: int
    seconds: float
    main: int
    main_private: int
    shards: int
    shards_private: int
    sandboxes: int

    def __str__(self) -> str:
        def mib(size: int) -> str:
            return f"{size / 2**20:7.1f}"

        return (
            f"{self.done:6} {self.seconds:8.1f} s"
            f"   main {mib(self.main)} ({mib(self.main_private)})"
            f"   shards {mib(self.shards)} ({mib(self.shards_private)})"
            f"   sandboxes {mib(self.sandboxes)}"
        )


def private_bytes(pid: int) -> int:
    """What a process would give back if it ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


@dataclass(slots=True)
class Watch:
    """Takes a sample after every so many results."""

    executor: Local
    every: int
    started: float = field(default_factory=time.monotonic)
    samples: list[Sample] = field(default_factory=list)
    done: int = 0

    def __call__(self, student: str, row: object, problem: str = "") -> None:
        self.done += 1
        if self.done % self.every == 0:
            self.samples.append(self.sample())
            print(self.samples[-1], flush=True)

    def sample(self) -> Sample:
        shards = [shard.pid for shard in self.executor._shards]
        rest = beneath(os.getpid()) - set(shards)
        return Sample(
            done=self.done,
            seconds=time.monotonic() - self.started,
            main=resident_bytes(os.getpid()),
            main_private=private_bytes(os.getpid()),
            shards=sum(map(resident_bytes, shards)),
            shards_private=sum(map(private_bytes, shards)),
            sandboxes=sum(map(private_bytes, rest)),
        )


def main() -> int:
    """Print a line every so often, and what came of it; 1 if memory was not flat."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=5000)
    parser.add_argument("--every", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the class is made; default: /tmp")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder, prefix="class-") as place:
        samples = run(Path(place), options.size, options.every, options.jobs)
    return judged(samples)


def run(place: Path, size: int, every: int, jobs: int) -> list[Sample]:
    """Make a class, and grade it."""
    copy_course(place)
    hand_in = make_class(place / "hand-in", size)
    course = load_course(place)
    assignment = course.chosen(None)
    private = place / "gradebook"
    print(f"{size} submissions, {jobs} job(s); MiB resident (of it private)")
    with Gradebook(private / "gradebook.db") as book:
        owned = find([hand_in], assignment, book, roster_of(course, None, book)).owned
        job = open_job(course, assignment, out=place / "pages", private=private)
        watch = Watch(Local(jobs), every)
        chunk = -(-len(owned) // (4 * jobs))
        summary = grade_class(job, owned, book, watch.executor, chunk=chunk, listen=watch)
        print(f"{summary.graded} graded, {len(summary.problems)} problems")
        publish(book, course, assignment, private, place / "pages", summary.problems)
        print(
            f"with class.json and its page: {resident_bytes(os.getpid()) / 2**20:.1f} MiB in main"
        )
    return watch.samples


def judged(samples: list[Sample]) -> int:
    """Whether memory stays within the limit of what it is after the first sample."""
    if len(samples) < 2:
        print("one sample only: nothing to compare; use a smaller --every")
        return 0
    is_flat = True
    for name in ("main", "main_private", "shards", "shards_private"):
        first, *later = (getattr(sample, name) for sample in samples)
        worst = max(later, key=lambda value: abs(value - first))
        change = (worst - first) / first if first else 0.0
        is_flat &= abs(change) <= LIMIT
        print(f"{name:15} {first / 2**20:7.1f} MiB first, {change:+.1%} at most after that")
    spans = [after.seconds - before.seconds for before, after in itertools.pairwise(samples)]
    step = samples[1].done - samples[0].done
    print(f"seconds for each {step}: {min(spans):.1f} to {max(spans):.1f}")
    print("flat" if is_flat else "not flat")
    return int(not is_flat)


if __name__ == "__main__":
    sys.exit(main())
