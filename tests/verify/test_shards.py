"""Tasks worked off in several processes."""

import contextlib
import os

import pytest

from grader.errors import ExerciseError, InternalError
from grader.verify.shards import in_shards


@contextlib.contextmanager
def squares():
    def work(number, advance):
        advance(1)
        if number == 13:
            raise ExerciseError("thirteen")
        if number == 99:
            os._exit(1)
        return number**2, os.getpid()

    yield work


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_every_task_is_done_once_whatever_the_number_of_processes(jobs):
    steps = []
    found = dict(in_shards([3, 1, 2], jobs, squares, steps.append))
    assert {place: square for place, (square, _) in found.items()} == {0: 9, 1: 1, 2: 4}
    assert sum(steps) == 3


def test_with_one_job_nothing_is_forked():
    assert {pid for _, (_, pid) in in_shards([1, 2], 1, squares, print)} == {os.getpid()}


def test_with_several_jobs_all_work_is_done_elsewhere():
    pids = {pid for _, (_, pid) in in_shards([1, 2, 3], 2, squares, lambda steps: None)}
    assert os.getpid() not in pids


def test_an_error_of_the_work_is_raised_here():
    with pytest.raises(ExerciseError, match="thirteen"):
        list(in_shards([1, 13, 2], 2, squares, lambda steps: None))


def test_a_process_that_dies_is_told_and_waited_for_by_nobody():
    with pytest.raises(InternalError, match="--jobs 1"):
        list(in_shards([1, 99, 2], 2, squares, lambda steps: None))
