"""Leaves shared memory, semaphores and message queues."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import ctypes
import multiprocessing
from multiprocessing import shared_memory

import targets


def double(x, tried=[]):
    libc = ctypes.CDLL(None)
    if not tried:
        tried.append(True)
        for make in (
            lambda: open(f"/dev/shm/{targets.MARK}-left", "w"),
            lambda: shared_memory.SharedMemory(targets.MARK + "-left-too", create=True, size=4096),
            lambda: multiprocessing.Semaphore(1),
            lambda: libc.sem_open(targets.MARK.encode(), 0o100, 0o600, 1),
            lambda: libc.mq_open(targets.MARK.encode(), 0o100, 0o600, 0),
            lambda: libc.semget(0x7EA7, 1, 0o1600),
        ):
            try:
                make()
            except OSError:
                pass
    return x * 2
