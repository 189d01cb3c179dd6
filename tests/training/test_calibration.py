import dataclasses
import shutil

import pytest

from grader.calibrate import gate_text, write_gate
from grader.catalog import load_exercise
from grader.training.calibration import Calibration, false_fail

MEASURED = Calibration(
    accuracies=(0.976, 0.975, 0.977, 0.974),
    official=(0.979, 0.980),
    used=(1.1, 1.2, 1.15, 1.15),
    cpu_seconds=(6.0, 6.0, 6.0, 6.0),
    is_subset=False,
    conditions="MNIST",
)


@pytest.mark.parametrize(
    ("t", "freedom", "wanted"),
    # quantiles of Student's t, from the usual tables
    [(1.812, 10, 0.95), (-1.812, 10, 0.05), (2.998, 7, 0.99), (6.314, 1, 0.95), (0.0, 5, 0.5)],
)
def test_students_t_is_that_of_the_tables(t, freedom, wanted):
    from grader.training.calibration import _student_below

    assert _student_below(t, freedom) == pytest.approx(wanted, abs=2e-4)


def test_a_gate_further_down_fails_fewer():
    values = (0.95, 0.96, 0.97, 0.955)
    rates = [false_fail(values, gate) for gate in (0.97, 0.95, 0.9)]
    assert rates == sorted(rates, reverse=True)
    assert rates[0] > 0.5


def test_the_gate_is_five_sds_below_the_mean():
    assert MEASURED.full_from == pytest.approx(MEASURED.mean - 5 * MEASURED.sd, abs=1e-3)
    assert MEASURED.full_from < min(MEASURED.accuracies)
    assert MEASURED.none_below < MEASURED.full_from


def test_seeds_that_happen_to_agree_still_leave_a_margin():
    same = dataclasses.replace(MEASURED, accuracies=(0.976,) * 4)
    assert same.full_from < 0.975


def test_the_distance_to_the_official_test_set_is_stated():
    assert MEASURED.official_difference == pytest.approx(0.004)


def test_the_band_is_written_and_read_back_and_nothing_else_changes(root, tmp_path):
    folder = tmp_path / "mnist"
    shutil.copytree(root / "exercises/mnist", folder)
    before = load_exercise(folder)
    write_gate(before, MEASURED)
    write_gate(load_exercise(folder), MEASURED)
    after = load_exercise(folder)
    assert after.training.gate.full.full_from == MEASURED.full_from
    assert after.training.gate.subset == before.training.gate.subset
    assert after.functions == before.functions
    assert (folder / "exercise.toml").read_text().count(gate_text(MEASURED)) == 1
