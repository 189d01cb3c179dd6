"""Maps memory past the allocator, private and shared."""

# /// attack
# verdicts = { double = "ERROR|MEMORY", mean_of = "ERROR|MEMORY" }
# ///

import mmap


def double(x):
    kept = []
    while True:
        kept.append(mmap.mmap(-1, 1 << 26, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))
        kept[-1][:: 4096] = b"x" * len(range(0, 1 << 26, 4096))


def mean_of(x):
    kept = []
    while True:
        kept.append(mmap.mmap(-1, 1 << 26, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS))
