"""Memory moved onto huge pages holds what it held, on every kernel."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

MOVE = """
import mmap
from grader.worker.huge_pages import moving_onto_huge_pages

held = mmap.mmap(-1, 8 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
pattern = bytes(range(251))
held[:] = (pattern * (len(held) // 251 + 1))[: len(held)]
before = bytes(held)
steps = sum(1 for _ in moving_onto_huge_pages())
assert bytes(held) == before
held[5] = 77
assert held[4:7] == bytes((4, 77, 6))
lines = open("/proc/self/smaps_rollup").read().splitlines()
print(steps, next(line.split()[1] for line in lines if line.startswith("AnonHugePages")))
"""


@pytest.fixture(scope="module")
def moved():
    done = subprocess.run([sys.executable, "-c", MOVE], capture_output=True, text=True, check=True)
    return tuple(map(int, done.stdout.split()))


def test_what_was_held_is_held_still(moved):
    steps, _ = moved
    assert steps >= 3  # 8 MiB hold three aligned huge pages wherever they begin


def test_the_kernel_has_moved_it(moved):
    release = tuple(map(int, re.findall(r"\d+", os.uname().release)[:2]))
    if release < (6, 1) or not Path("/sys/kernel/mm/transparent_hugepage").exists():
        pytest.skip("this kernel cannot collapse memory onto huge pages (Linux 6.1 can)")
    _, kilobytes = moved
    assert kilobytes >= 2048
