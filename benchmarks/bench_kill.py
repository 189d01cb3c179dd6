"""How long a worker takes to be gone, with all that it started, and what an idle one costs.

From the SIGKILL to the end of process 1 of its namespace, which the kernel ends after all others
in it. The least of several runs counts for the goals: what else the machine does only adds.

    python benchmarks/bench_kill.py [--rounds 10]
"""

from __future__ import annotations

import argparse
import os
import select
import statistics
import sys
import time
from pathlib import Path

from grader.model import Limits
from grader.protocol import Operation, Value
from grader.sandbox import Box, Sandbox
from grader.sandbox.proc import process_of

BOMB = b"""
import os
def attack():
    while True:
        try:
            if os.fork() == 0:
                while True:
                    try:
                        os.fork()
                    except OSError:
                        pass
        except OSError:
            return
"""
QUIET = b"def attack():\n    return\n"
PROCESSES = 16
BEFORE = 32  # workers; while a class begins, the warm parent moves onto huge pages
IDLE_SECONDS, BOMB_SECONDS, IDLE_BYTES = 0.1, 1.5, 8 << 20


def main() -> int:
    """Print the figures; 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    with Sandbox() as sandbox:
        print(f"tier {sandbox.isolation}, {rounds} rounds, least, median and most:")
        for _ in range(BEFORE):
            sandbox.spawn(Limits()).close()
        sizes: list[int] = []
        idle = [kill_one(sandbox, QUIET, Limits(), sizes) for _ in range(rounds)]
        bombed = Limits(processes=PROCESSES, cpu_seconds=60)
        bomb = [kill_one(sandbox, BOMB, bombed, []) for _ in range(rounds)]
    show("kill of an idle worker", idle, IDLE_SECONDS)
    show(f"kill under a fork bomb, {PROCESSES} processes allowed", bomb, BOMB_SECONDS)
    print(f"  private memory of an idle worker: {max(sizes) / (1 << 20):.1f} MiB (goal: 8)")
    is_well = min(idle) <= IDLE_SECONDS and min(bomb) <= BOMB_SECONDS and max(sizes) <= IDLE_BYTES
    return 0 if is_well else 1


def kill_one(sandbox: Sandbox, code: bytes, limits: Limits, sizes: list[int]) -> float:
    """Seconds until it was gone; its private memory before that goes to `sizes`."""
    box = sandbox.spawn(limits)
    try:
        if code is BOMB:
            start(box, code)
            time.sleep(0.2)
        else:
            sizes.append(private_bytes(box))
        return seconds_to_end(box)
    finally:
        box.close()


def start(box: Box, code: bytes) -> None:
    arguments: dict[str, Value] = {"files": {"a.py": code}, "functions": ["attack"]}
    box.request(Operation.LOAD, arguments, seconds=20.0)
    call: dict[str, Value] = {"function": "attack", "cases": [[[], {}]], "seed": 0}
    list(box.stream(Operation.CALL, call, count=1, seconds=20.0))  # returns; its children do not


def seconds_to_end(box: Box) -> float:
    descriptor = os.dup(box._fate.pidfd)
    try:
        ended = select.poll()
        ended.register(descriptor, select.POLLIN)
        started = time.perf_counter()
        box._stop()
        ended.poll(30_000)
        return time.perf_counter() - started
    finally:
        os.close(descriptor)


def private_bytes(box: Box) -> int:
    rollup = Path(f"/proc/{process_of(box._fate.pidfd)}/smaps_rollup").read_text()
    private = [line.split() for line in rollup.splitlines() if line.startswith("Private_")]
    return sum(int(fields[1]) << 10 for fields in private if fields[0] != "Private_Hugetlb:")


def show(what: str, seconds: list[float], goal: float) -> None:
    least, middle, most = (1000 * f(seconds) for f in (min, statistics.median, max))
    print(f"  {what}: {least:.0f}, {middle:.0f}, {most:.0f} ms (goal: {1000 * goal:.0f})")


if __name__ == "__main__":
    sys.exit(main())
