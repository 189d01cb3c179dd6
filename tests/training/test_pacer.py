import pytest

from grader.model import Verdict
from grader.sandbox import BoxFailed
from grader.steps import ReferenceRun
from grader.training.pacer import EVERY_SECONDS, FEWEST_SECONDS, Pacer


class FakeBox:
    """Its CPU time passes as the test says."""

    def __init__(self):
        self.cpu_seconds = 0.0
        self.pauses = 0

    def paused(self):
        return self

    def __enter__(self):
        self.pauses += 1

    def __exit__(self, *error):
        pass


@pytest.fixture(scope="module")
def reference():
    return ReferenceRun()


@pytest.fixture
def box():
    return FakeBox()


def begun(box, reference, images=6400, stop_at=1e9):
    pacer = Pacer(box, reference, images, stop_at)
    pacer.begin()
    return pacer


def test_the_worker_is_frozen_once_every_half_second_of_its_time(box, reference):
    pacer = begun(box, reference)
    for _ in range(40):
        box.cpu_seconds += 0.1
        pacer()
    assert box.pauses == pytest.approx(4.0 / EVERY_SECONDS, abs=1)


def test_slices_take_less_than_a_tenth_of_the_run(box, reference):
    pacer = begun(box, reference)
    before = reference.cpu_seconds
    for _ in range(20):
        box.cpu_seconds += EVERY_SECONDS
        pacer()
    assert reference.cpu_seconds - before < 0.12 * box.cpu_seconds


def test_a_short_run_is_measured_by_as_many_slices_as_a_longer_one(box, reference):
    before = reference.cpu_seconds
    begun(box, reference).end()
    assert FEWEST_SECONDS <= reference.cpu_seconds - before < 2 * FEWEST_SECONDS


def test_after_a_long_run_there_is_no_further_slice(box, reference):
    pacer = begun(box, reference)
    for _ in range(12):
        box.cpu_seconds += EVERY_SECONDS
        pacer()
    before = reference.cpu_seconds
    pacer.end()
    assert reference.cpu_seconds == before


def test_time_is_given_in_reference_epochs(box, reference):
    pacer = begun(box, reference)
    box.cpu_seconds += 3.0
    pacer.end()
    assert pacer.used == pytest.approx(3.0 / pacer.epoch_seconds)


def test_an_epoch_of_twice_the_images_takes_twice_as_long(box, reference):
    one = begun(box, reference, images=6400)
    many = Pacer(box, reference, 12800, 1e9)
    many._start = one._start
    assert many.epoch_seconds == pytest.approx(2 * one.epoch_seconds)


def test_after_the_end_the_clock_stands_still(box, reference):
    pacer = begun(box, reference)
    box.cpu_seconds += 1.0
    pacer.end()
    box.cpu_seconds += 50.0
    assert pacer.cpu_seconds == 1.0


def test_a_run_far_beyond_its_budget_is_ended(box, reference):
    pacer = begun(box, reference, stop_at=2.0)
    box.cpu_seconds += 3.0 * pacer.epoch_seconds
    with pytest.raises(BoxFailed) as caught:
        pacer()
    assert caught.value.verdict is Verdict.TIMEOUT
