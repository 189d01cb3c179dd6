"""Thousands of boxes in a row: no descriptor, zombie, mount or memory may be left behind.

Every tenth box gets code that ends badly (it exits, crashes, hangs, fills its memory); what is
counted is the grader's descriptors, processes beneath it and resident memory, and the warm
parent's resident memory, after a first hundred boxes and at the end.

    python benchmarks/soak.py [--boxes 10000] [--tier namespaces]
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from grader.model import Isolation, Limits
from grader.protocol import Operation, Value
from grader.sandbox import Box, BoxFailed, Sandbox, launch
from grader.sandbox import sandbox as sandbox_module

GOOD = b"def f(x):\n    return x + 1\n"
BAD = (
    b"import os\ndef f(x):\n    os._exit(3)\n",
    b"import ctypes\ndef f(x):\n    ctypes.string_at(0)\n",
    b"def f(x):\n    while True:\n        pass\n",
    b"def f(x):\n    return bytearray(1 << 40)\n",
    b"def f(x):\n    while True:\n        print('x' * 10000)\n",
    b"import os\nos.close(1); os.close(2)\ndef f(x):\n    open('x', 'w').close()\n",
)
WARM_UP = 100
GROWTH_BYTES = 16 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What there is at one moment."""

    descriptors: int
    processes: int
    grader_bytes: int
    parent_bytes: int

    def __str__(self) -> str:
        sizes = f"{self.grader_bytes >> 20} MiB here, {self.parent_bytes >> 20} MiB in the parent"
        return f"{self.descriptors} descriptors, {self.processes} processes, {sizes}"


def main() -> int:
    """Print the counts; 1 if anything grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--boxes", type=int, default=10_000)
    parser.add_argument("--tier", default="namespaces", choices=["namespaces", "landlock"])
    options = parser.parse_args()
    tier = Isolation(options.tier)
    sandbox_module.LAUNCHES = {tier: launch.LAUNCHES[tier]}  # type: ignore[misc]  # Final for all but this: one tier, no falling back
    with Sandbox(required=tier) as sandbox:
        for number in range(min(WARM_UP, options.boxes)):
            use_one(sandbox, number)
        before = count(sandbox)
        print(f"after {min(WARM_UP, options.boxes)} boxes: {before}", flush=True)
        started = time.monotonic()
        for number in range(WARM_UP, options.boxes):
            use_one(sandbox, number)
            if number % 1000 == 0:
                print(f"after {number} boxes: {count(sandbox)}", flush=True)
        seconds = time.monotonic() - started
        after = count(sandbox)
    print(f"after {options.boxes} boxes: {after}; {seconds:.0f} s")
    left = beneath(os.getpid())
    print(f"after closing: {len(left)} processes")
    grown = (
        after.descriptors > before.descriptors
        or after.processes > before.processes
        or after.grader_bytes > before.grader_bytes + GROWTH_BYTES
        or after.parent_bytes > before.parent_bytes + GROWTH_BYTES
    )
    print("something was left behind" if grown or left else "nothing was left behind")
    return int(bool(grown or left))


def use_one(sandbox: Sandbox, number: int) -> None:
    """Load and call in one box; check that what fails is the box, as it should."""
    is_bad = number % 10 == 9
    code = BAD[number // 10 % len(BAD)] if is_bad else GOOD
    box = sandbox.spawn(Limits(memory_bytes=256 << 20))
    try:
        load(box, code)
        assert call(box, number) == number + 1 or is_bad
    except BoxFailed:
        assert is_bad
    finally:
        box.close()


def load(box: Box, code: bytes) -> None:
    arguments: dict[str, Value] = {"files": {"f.py": code}, "functions": ["f"], "seconds": 5.0}
    box.request(Operation.LOAD, arguments, seconds=20.0)


def call(box: Box, number: int) -> Value:
    arguments: dict[str, Value] = {"function": "f", "cases": [[[number], {}]], "seed": 0}
    stream = box.stream(Operation.CALL, arguments, count=1, seconds=0.3 if number % 10 == 9 else 20)
    return next(iter(stream)).result


def count(sandbox: Sandbox) -> Count:
    """Once the spare is made and the last boxes are gone: up to two seconds."""
    outermost = sandbox._supplies["functions"].start()._process.pid
    settled = sorted(beneath(outermost))
    for _ in range(20):
        time.sleep(0.1)
        now = sorted(beneath(outermost))
        if now == settled:
            break
        settled = now
    sizes = [resident_bytes(pid) for pid in settled]
    return Count(
        descriptors=len(os.listdir("/proc/self/fd")),
        processes=len(settled),
        grader_bytes=resident_bytes(os.getpid()),
        parent_bytes=max(sizes, default=resident_bytes(outermost)),
    )


def beneath(ancestor: int) -> set[int]:
    """All that descend from a process, zombies too."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
    found = {ancestor}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {ancestor}


def resident_bytes(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return 0


if __name__ == "__main__":
    sys.exit(main())
