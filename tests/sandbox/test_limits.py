"""Limits: exact where they can be, and a bound in any case."""

from __future__ import annotations

import time

import pytest

from grader.model import Limits, Verdict
from grader.sandbox import BoxFailed

pytestmark = pytest.mark.sandbox

MIB = 1 << 20


@pytest.mark.parametrize("folder", ["/box", "/dev/shm"])
def test_scratch_space_holds_what_it_may_and_no_more(run, folder):
    code = """
    def attack(folder):
        written = 0
        try:
            with open(folder + '/file', 'wb', 0) as file:
                while True:
                    written += file.write(bytes(1 << 16))
        except OSError as error:
            return written, error.strerror
    """
    written, reason = run(code, folder, limits=Limits(scratch_bytes=4 * MIB))
    assert 3.8 * MIB <= written <= 4 * MIB
    assert reason in {"No space left on device", "File too large"}


def test_many_files_fill_the_scratch_space(run):
    code = """
    def attack():
        for number in range(10**6):
            try:
                open(str(number), 'w').close()
            except OSError as error:
                return number, error.strerror
    """
    number, reason = run(code, limits=Limits(scratch_bytes=16 * MIB))
    assert 1900 <= number <= 2048
    assert reason == "No space left on device"


def test_a_sparse_file_is_no_larger_than_the_scratch_space(errno_of):
    got = errno_of("os.truncate(os.open('/box/f', os.O_RDWR | os.O_CREAT), 1 << 40)")
    assert got == "EFBIG"


def test_open_files_are_limited(run):
    code = """
    import os
    def attack():
        kept = []
        try:
            while True:
                kept.append(os.open('/dev/null', os.O_RDONLY))
        except OSError as error:
            for number in kept:
                os.close(number)
            return len(kept), error.strerror
    """
    opened, reason = run(code)
    assert 200 < opened < 256
    assert reason == "Too many open files"


def test_threads_are_limited(run):
    code = """
    import threading, time
    def attack():
        stop = threading.Event()
        started = 0
        try:
            for _ in range(5000):
                threading.Thread(target=stop.wait, daemon=True).start()
                started += 1
        except RuntimeError:
            pass
        stop.set()
        return started
    """
    assert 30 <= run(code) <= 64


def test_torch_may_use_threads(run):
    code = """
    import torch
    def attack():
        torch.set_num_threads(2)
        x = torch.rand(200, 200, requires_grad=True)
        (x @ x).sum().backward()
        return x.grad.shape[0]
    """
    assert run(code) == 200


@pytest.mark.parametrize(
    "start",
    [
        "os.fork()",
        "os.posix_spawn('/usr/bin/true', ['true'], {})",
        "os.execv('/usr/bin/true', ['true'])",
        "__import__('subprocess').run(['true'])",
        "__import__('multiprocessing').Process(target=print).start()",
    ],
    ids=["fork", "spawn", "exec", "subprocess", "multiprocessing"],
)
def test_no_process_can_be_started(errno_of, start):
    assert errno_of(f"return {start}") == "EPERM"


def test_processes_work_where_they_are_allowed(run):
    code = """
    import subprocess
    def attack():
        return subprocess.run(['/usr/bin/echo', 'hi'], capture_output=True).stdout
    """
    assert run(code, limits=Limits(processes=2)) == b"hi\n"


def test_a_fork_bomb_is_bounded_and_dies_with_its_box(boxes, student):
    box = boxes(Limits(processes=2))
    student.load(
        box,
        """
        import os, time
        def attack():
            started = 0
            while True:
                try:
                    if os.fork() == 0:
                        while True:
                            time.sleep(60)
                    started += 1
                except OSError:
                    return started
        """,
    )
    assert student.call(box) <= 20
    started = time.monotonic()
    box.close()
    boxes(Limits(processes=1)).close()
    assert time.monotonic() - started < 3


def test_shared_maps_count_against_twice_the_memory(run):
    code = """
    import mmap
    def attack():
        kept = []
        try:
            while True:
                kept.append(mmap.mmap(-1, 16 << 20))
        except OSError:
            return len(kept) * 16
    """
    assert 60 <= run(code, limits=Limits(memory_bytes=100 * MIB)) <= 200


def test_a_reply_larger_than_a_frame_is_refused(boxes, student):
    box = boxes()
    student.load(
        box,
        """
        import os, struct, time
        def attack():
            os.write(3, struct.pack('>IQ', 16, 100 << 30))
            time.sleep(60)
        """,
    )
    with pytest.raises(BoxFailed, match="larger than allowed") as caught:
        student.call(box)
    assert caught.value.verdict is Verdict.ERROR


def test_ignoring_every_signal_does_not_help(run):
    code = """
    import signal
    def attack():
        for number in range(1, 65):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
        while True:
            pass
    """
    started = time.monotonic()
    with pytest.raises(BoxFailed) as caught:
        run(code, seconds=1.0)
    assert caught.value.verdict is Verdict.TIMEOUT
    assert time.monotonic() - started < 3


SPINS_ON = """
import threading
def spin():
    while True:
        pass
def attack():
    threading.Thread(target=spin, daemon=True).start()
    return 1
"""


def test_computing_on_after_the_answer_counts(boxes, student):
    box = boxes(Limits(cpu_seconds=0.2))
    student.load(box, SPINS_ON)
    assert student.call(box) == 1
    deadline = time.monotonic() + 20
    while box.cpu_seconds < 0.2 and time.monotonic() < deadline:
        time.sleep(0.02)
    with pytest.raises(BoxFailed, match=r"computed for 0\.2 seconds"):
        student.call(box)


def test_the_kernel_ends_what_computes_while_nobody_waits(boxes, student):
    """The grader reads the clock only in a conversation; RLIMIT_CPU holds in between."""
    box = boxes(Limits(cpu_seconds=0.2))
    student.load(box, SPINS_ON)
    assert student.call(box) == 1
    deadline = time.monotonic() + 40
    while not box.is_over and time.monotonic() < deadline:
        time.sleep(0.05)
    assert box.is_over
    with pytest.raises(BoxFailed, match=r"computed for 0\.2 seconds"):
        student.call(box)


BLOCKS_THE_ALARM = """
import signal
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
while True:
    pass
"""


def test_loading_has_a_deadline_too(boxes, student):
    box = boxes()
    with pytest.raises(BoxFailed) as caught:
        student.load(box, BLOCKS_THE_ALARM + "def attack(): pass", seconds=1.0)
    assert caught.value.verdict is Verdict.TIMEOUT
