"""One worker cycle (spawn, load, 20 calls, kill) against `python -c "import torch"`.

Both run in turn, so that what else the machine does meets both; the medians and their ratio count.
A cycle here includes the wait for the fork: no spare is left over from the cycle before. With the
spare, as graders use it, the fork happens while the submission before is tested; that is the
third line.

    python benchmarks/bench_worker_cycle.py [--rounds 15] [--goal 25]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from grader.model import Limits
from grader.protocol import ArrayValue, Operation, Value
from grader.sandbox import Box, Sandbox

CODE = b"""
import torch

def relu(x):
    return torch.clamp(x, min=0)
"""
CALLS = 20


def main() -> int:
    """Print the medians; 1 if the ratio is below the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--goal", type=float, default=25.0)
    options = parser.parse_args()
    cycles: list[float] = []
    spared: list[float] = []
    imports: list[float] = []
    with Sandbox() as sandbox:
        tier = sandbox.isolation
        cycle(sandbox, Limits())
        for number in range(options.rounds):
            imports.append(seconds_of(import_torch))
            # Other limits than the spare's: it cannot be used, and the fork is waited for.
            fresh = Limits(output_bytes=(1 << 20) + number)
            cycles.append(seconds_of(lambda limits=fresh: cycle(sandbox, limits)))
            time.sleep(0.2)  # the spare of that cycle is made
            spared.append(seconds_of(lambda limits=fresh: cycle(sandbox, limits)))
    ratio = statistics.median(imports) / statistics.median(cycles)
    user = "root" if os.geteuid() == 0 else "an ordinary user"
    print(f"tier {tier}, as {user}, {options.rounds} rounds in turn, medians (least to most):")
    show('python -c "import torch"', imports)
    show("spawn, load, 20 calls, kill", cycles)
    show("the same from a spare", spared)
    print(f"  one cycle is {ratio:.1f} times as fast (goal: {options.goal:g})")
    return 0 if ratio >= options.goal else 1


def cycle(sandbox: Sandbox, limits: Limits) -> None:
    box = sandbox.spawn(limits)
    try:
        load(box)
        for number in range(CALLS):
            call(box, number)
    finally:
        box.close()


def load(box: Box) -> None:
    arguments: dict[str, Value] = {
        "files": {"relu.py": CODE},
        "functions": ["relu"],
        "mode": "auto",
        "seconds": 5.0,
    }
    box.request(Operation.LOAD, arguments, seconds=10.0)


def call(box: Box, number: int) -> None:
    data = bytes(4 * 64)
    array = ArrayValue(kind="tensor", dtype="float32", shape=(8, 8), strides=(8, 1), buffer=data)
    arguments: dict[str, Value] = {
        "function": "relu",
        "cases": [[[array], {}]],
        "seed": number,
        "gradient": False,
        "reset": True,
    }
    for observation in box.stream(Operation.CALL, arguments, count=1, seconds=10.0):
        assert observation.raised is None, observation.raised


def import_torch() -> None:
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    subprocess.run([sys.executable, "-c", "import torch"], check=True, env=environment)


def seconds_of(action: Callable[[], None]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def show(what: str, seconds: list[float]) -> None:
    low, middle, high = (1000 * f(seconds) for f in (min, statistics.median, max))
    print(f"  {what:28} {middle:8.1f} ms ({low:.1f} to {high:.1f})")


if __name__ == "__main__":
    sys.exit(main())
