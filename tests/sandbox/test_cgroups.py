"""Where an exercise allows processes, one control group bounds the memory of all of them."""

import os
import subprocess

import pytest

from grader.errors import SandboxError
from grader.model import Limits, Verdict
from grader.sandbox import BoxFailed, Sandbox, cgroups
from grader.sandbox.cgroups import Group, Groups

MIB = 1 << 20
LIMITS = Limits(memory_bytes=150 * MIB, scratch_bytes=4 * MIB, processes=4)

FOUR_CHILDREN = """
import os, time
def attack():
    '''How many of four children could fill 100 MiB each and still hold it once all had tried.'''
    children = []
    for _ in range(4):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            kept = b'x' * (100 << 20)
            os.write(writing, b'.')
            time.sleep(60)  # the end of the box ends it
        os.close(writing)
        children.append((child, reading))
    filled = [child for child, reading in children if os.read(reading, 1) == b'.']
    return sum(os.waitpid(child, os.WNOHANG) == (0, 0) for child in filled)
"""


@pytest.fixture
def groups():
    made = Groups()
    if not made.are_there:
        pytest.skip(f"no control group is writable here: {made.reason}")
    yield made
    made.close()


def folders_of_this_process(groups):
    return [
        folder
        for parent in groups.place.split(" and ")
        for folder in os.scandir(parent)
        if folder.name.startswith(f"grader-{os.getpid()}-")
    ]


@pytest.fixture
def held(student):
    """How many children held their memory, or the verdict."""

    def ask(sandbox):
        box = sandbox.spawn(LIMITS)
        try:
            student.load(box, FOUR_CHILDREN)
            return student.call(box)
        except BoxFailed as failure:
            return failure.verdict
        finally:
            box.close()

    return ask


def test_the_memory_of_all_processes_together_is_bounded(groups, held, sandbox):
    """Not among the tests that may not be skipped: an ordinary user can often make no groups."""
    before = {folder.path for folder in folders_of_this_process(groups)}
    with Sandbox() as own:
        together = held(own)
        assert together is Verdict.MEMORY or together < 4
        assert together != 0  # one alone may hold what it asks for
    assert {folder.path for folder in folders_of_this_process(groups)} <= before


@pytest.mark.sandbox
def test_without_groups_each_process_is_bounded_alone(held, monkeypatch):
    monkeypatch.setattr(cgroups, "_candidates", lambda: iter(()))
    with Sandbox() as sandbox:
        assert held(sandbox) == 4


def test_a_group_bounds_what_is_started_in_it_and_is_removed(groups):
    group = groups.make(LIMITS)
    with subprocess.Popen(["sleep", "60"]) as process:
        group.add(process.pid)
        assert all(str(process.pid) in (f / "cgroup.procs").read_text() for f in group.folders)
        groups.give_up(group)
        process.kill()
    groups.close()
    assert not any(folder.exists() for folder in group.folders)


def test_a_process_that_has_ended_is_told_apart_from_a_refusal(groups):
    group = groups.make(LIMITS)
    ended = subprocess.Popen(["true"])
    ended.wait()
    for number in (ended.pid, -1):
        with pytest.raises(ProcessLookupError):
            group.add(number)
    groups.give_up(group)


def test_groups_of_killed_graders_are_removed_when_the_next_looks(groups):
    ended = subprocess.Popen(["true"])
    ended.wait()
    stale = [os.path.join(p, f"grader-{ended.pid}-1") for p in groups.place.split(" and ")]
    for folder in stale:
        os.mkdir(folder)
    assert Groups().are_there
    assert not any(map(os.path.exists, stale))


def a_tree(root, *, given):
    """machine/user/session as version 2 shows it; `given` names who hands controllers on."""
    folder = root
    for name in ("machine", "user", "session"):
        folder /= name
        folder.mkdir()
        (folder / "cgroup.subtree_control").write_text("cpu memory pids" if name in given else "")
    return folder


@pytest.mark.parametrize(
    ("given", "places"),
    [
        ((), []),
        (("user",), ["user"]),
        (("machine", "user"), ["user", "machine"]),
        (("session",), ["session"]),
    ],
)
def test_version_2_is_divided_at_the_nearest_folder_that_hands_memory_on(
    tmp_path, monkeypatch, given, places
):
    own = a_tree(tmp_path, given=given)
    found = {"": (own, tmp_path / "machine")}
    monkeypatch.setattr(cgroups, "_own_groups", lambda: iter(found.items()))
    assert [place.name for (place,) in cgroups._candidates()] == places


def test_version_2_gets_its_limits_in_its_own_files(tmp_path):
    for name in ("memory.max", "memory.swap.max", "memory.oom.group", "pids.max", "cgroup.procs"):
        (tmp_path / name).touch()
    cgroups._limit(tmp_path, LIMITS)
    Group([tmp_path]).add(7)
    assert (tmp_path / "memory.max").read_text() == str((150 + 8 + 32) * MIB)
    assert (tmp_path / "memory.swap.max").read_text() == "0"
    assert (tmp_path / "memory.oom.group").read_text() == "1"
    assert int((tmp_path / "pids.max").read_text()) < 1000
    assert (tmp_path / "cgroup.procs").read_text() == "7"


def test_a_place_that_refuses_is_told_with_its_reason(tmp_path, monkeypatch):
    monkeypatch.setattr(cgroups, "_candidates", lambda: iter([(tmp_path / "absent",)]))
    groups = Groups()
    assert not groups.are_there
    assert "absent" in groups.reason
    assert groups.make(LIMITS) is None


def test_a_refusal_later_on_stops_grading(tmp_path, monkeypatch):
    groups = Groups()
    groups._parents = (tmp_path / "gone",)
    with pytest.raises(SandboxError, match="could not be made"):
        groups.make(LIMITS)
