"""Shards: every task is answered once, whatever happens to the shard that works on it."""

import contextlib
import os
import signal
import time

import pytest

from grader.batch.executor import Done, Local, Lost
from grader.errors import ExerciseError, InternalError


def working(work):
    @contextlib.contextmanager
    def start():
        yield work

    return start


def echo(tasks, deliver):
    for place, task in enumerate(tasks):
        deliver(place, task.upper())


def answers(events):
    return sorted(event.answer if isinstance(event, Done) else event.task for event in events)


def test_every_task_is_answered_once():
    chunks = iter([[b"a", b"b"], [b"c"], [b"d", b"e"]])
    events = list(Local(2).run(working(echo), chunks))
    assert answers(events) == [b"A", b"B", b"C", b"D", b"E"]


def test_a_task_that_kills_its_shard_is_lost_alone():
    def work(tasks, deliver):
        for place, task in enumerate(tasks):
            if task == b"bad":
                os.kill(os.getpid(), signal.SIGKILL)
            deliver(place, task.upper())

    events = list(Local(1).run(working(work), iter([[b"a", b"bad", b"b"], [b"c"]])))
    assert answers(e for e in events if isinstance(e, Done)) == [b"A", b"B", b"C"]
    assert [e.task for e in events if isinstance(e, Lost)] == [b"bad"]


def test_a_failure_that_is_nobody_s_is_raised_here():
    def work(tasks, deliver):
        raise ExerciseError("test_hidden.py: broken")

    with pytest.raises(ExerciseError, match="broken"):
        list(Local(1).run(working(work), iter([[b"a"]])))


def test_a_bug_in_a_shard_is_an_internal_error():
    def work(tasks, deliver):
        raise ZeroDivisionError("oops")

    with pytest.raises(InternalError, match="ZeroDivisionError: oops"):
        list(Local(1).run(working(work), iter([[b"a"]])))


def test_after_ctrl_c_what_was_finished_is_still_yielded(tmp_path):
    sent = tmp_path / "sent"

    def work(tasks, deliver):
        deliver(0, b"finished")
        sent.touch()
        time.sleep(60)

    def chunks():
        yield [b"a", b"b"]

    run = Local(1).run(working(work), chunks())
    first = next(run)
    os.kill(os.getpid(), signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        list(run)
    assert first == Done(b"finished")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_no_shard_outlives_its_run():
    pids = []

    def work(tasks, deliver):
        deliver(0, str(os.getpid()).encode())
        time.sleep(60)

    run = Local(1).run(working(work), iter([[b"a", b"b"]]))
    pids.append(int(next(run).answer))
    run.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)


def test_chunks_that_come_up_later_are_worked_off_too():
    class Later:
        """Has another chunk only when the first one is done."""

        def __init__(self):
            self.ready = [[b"a"]]

        def __iter__(self):
            return self

        def __next__(self):
            if not self.ready:
                raise StopIteration
            return self.ready.pop()

    chunks = Later()
    seen = []
    for event in Local(2).run(working(echo), chunks):
        seen.append(event.answer)
        if event.answer == b"A":
            chunks.ready.append([b"b"])
    assert seen == [b"A", b"B"]
