"""Warm parents and spare boxes: made ahead, replaced, and gone without a trace."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.errors import WarmParentDied
from grader.model import Isolation, Limits, Verdict
from grader.sandbox import BoxFailed, Sandbox

pytestmark = pytest.mark.sandbox

PING = "def attack():\n    return 'pong'"


@pytest.fixture
def own_sandbox():
    with Sandbox() as made:
        yield made


def processes_beneath(ancestor):
    """Pids of all processes that descend from `ancestor`."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                parents[int(entry.name)] = int(fields[1])
    found = {ancestor}
    while True:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        if not more:
            return found - {ancestor}
        found |= more


def warm_parent(sandbox):
    """The process that forks: behind bwrap and bwrap's own first process."""
    outermost = sandbox._supplies["functions"]._parent._process.pid
    return next(pid for pid in sorted(processes_beneath(outermost)) if is_python(pid))


def is_python(pid):
    command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return b"python" in command[0] and any(b"worker.__main__" in word for word in command)


def wait_until(is_so, seconds=5.0):
    deadline = time.monotonic() + seconds
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.01)
    return is_so()


def kill_warm_parent(sandbox):
    time.sleep(0.3)  # the spare is made: what is forked in this moment may die a little later
    parent = warm_parent(sandbox)
    below = processes_beneath(parent)
    os.kill(parent, signal.SIGKILL)
    assert wait_until(lambda: not any(is_alive(pid) for pid in below))


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def descriptors():
    return len(os.listdir("/proc/self/fd"))


def test_the_tier_is_proven_before_it_is_named(own_sandbox):
    assert own_sandbox.isolation is Isolation.NAMESPACES


def test_a_spare_is_taken_only_if_its_limits_are_the_same(own_sandbox, student):
    code = "import resource\ndef attack():\n    return resource.getrlimit(resource.RLIMIT_FSIZE)[0]"
    for scratch in (1 << 20, 2 << 20, 2 << 20, 1 << 20):
        box = own_sandbox.spawn(Limits(scratch_bytes=scratch))
        student.load(box, code)
        assert student.call(box) == scratch
        box.close()


def test_the_next_box_is_forked_while_this_one_is_used(own_sandbox):
    own_sandbox.spawn(Limits()).close()
    waited = []
    for _ in range(5):  # the best of five: a fork that has to be waited for takes 20 ms and more
        time.sleep(0.5)
        started = time.monotonic()
        own_sandbox.spawn(Limits()).close()
        waited.append(time.monotonic() - started)
    assert min(waited) < 0.01


def test_the_death_of_the_warm_parent_is_nobodys_fault(own_sandbox, student):
    box = own_sandbox.spawn(Limits())
    student.load(box, PING)
    kill_warm_parent(own_sandbox)
    with pytest.raises(WarmParentDied):
        student.call(box)
    box.close()


def test_the_next_box_comes_from_a_new_warm_parent(own_sandbox, student):
    own_sandbox.spawn(Limits()).close()
    kill_warm_parent(own_sandbox)
    box = own_sandbox.spawn(Limits())
    student.load(box, PING)
    assert student.call(box) == "pong"
    box.close()


def test_a_warm_parent_that_hangs_is_given_up(own_sandbox, student, monkeypatch):
    own_sandbox.spawn(Limits()).close()
    time.sleep(0.3)  # the spare is made
    os.kill(warm_parent(own_sandbox), signal.SIGSTOP)
    own_sandbox.spawn(Limits()).close()  # the spare
    monkeypatch.setattr("grader.sandbox.warm._FORK_SECONDS", 1.0)
    box = own_sandbox.spawn(Limits())
    student.load(box, PING)
    assert student.call(box) == "pong"
    box.close()


def test_many_boxes_leave_no_descriptor_and_no_process(own_sandbox, student):
    def cycle():
        box = own_sandbox.spawn(Limits())
        student.load(box, PING)
        assert student.call(box) == "pong"
        box.close()

    for _ in range(5):
        cycle()
    before = descriptors()
    for _ in range(120):
        cycle()
    assert descriptors() <= before
    assert wait_until(lambda: len(processes_beneath(warm_parent(own_sandbox))) == 1)  # the spare


def test_closing_the_sandbox_ends_every_process_and_descriptor(student):
    before = descriptors()
    children = processes_beneath(os.getpid())
    with Sandbox() as made:
        used, unused = made.spawn(Limits()), made.spawn(Limits())
        student.load(used, PING)
        assert processes_beneath(os.getpid()) > children
    assert wait_until(lambda: processes_beneath(os.getpid()) == children)
    used.close()
    unused.close()
    assert descriptors() == before


def test_a_sandbox_can_be_used_again_after_it_was_closed(own_sandbox, student):
    own_sandbox.spawn(Limits()).close()
    own_sandbox.close()
    box = own_sandbox.spawn(Limits())
    student.load(box, PING)
    assert student.call(box) == "pong"
    box.close()


GRADER = """
import sys, time
from grader.model import Limits
from grader.sandbox import Sandbox
sandbox = Sandbox()
boxes = [sandbox.spawn(Limits(processes=2)) for _ in range(3)]
print('up', flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_when_the_grader_is_killed_nothing_goes_on(end):
    with subprocess.Popen(
        [sys.executable, "-c", GRADER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as grader:
        assert grader.stdout.readline() == b"up\n"
        beneath = processes_beneath(grader.pid)
        assert len(beneath) >= 6
        grader.send_signal(end)
        grader.wait(5)
        assert wait_until(lambda: not any(is_alive(pid) for pid in beneath), seconds=2.0)


def test_a_fork_of_the_grader_does_not_end_its_parents_boxes(own_sandbox, student):
    box = own_sandbox.spawn(Limits())
    student.load(box, PING)
    child = os.fork()
    if child == 0:
        own_sandbox.close()
        os._exit(0)
    os.waitpid(child, 0)
    assert student.call(box) == "pong"
    box.close()


def test_boxes_do_not_share_their_verdicts(own_sandbox, student):
    bad, good = own_sandbox.spawn(Limits()), own_sandbox.spawn(Limits())
    student.load(bad, "import os\ndef attack():\n    os._exit(1)")
    student.load(good, PING)
    with pytest.raises(BoxFailed) as caught:
        student.call(bad)
    assert caught.value.verdict is Verdict.ERROR
    assert student.call(good) == "pong"
    bad.close()
    good.close()
