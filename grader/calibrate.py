"""Writes a measured band of accuracy into exercise.toml; the rest of the file stays as it is."""

from __future__ import annotations

from pathlib import Path

from grader.catalog import Exercise
from grader.errors import OutputError
from grader.training import Calibration, calibrate

__all__ = ["calibrate", "gate_text", "write_gate"]


def gate_text(calibration: Calibration) -> str:
    """The table `[training.gate.full]` or `.subset` with everything that was measured."""
    kind = "subset" if calibration.is_subset else "full"
    used = sum(calibration.used) / len(calibration.used)
    return (
        f"[training.gate.{kind}] # by `grader calibrate`; the reference took {used:.2f} "
        "reference epochs\n"
        f"none_below = {calibration.none_below:.3f}\n"
        f"full_from = {calibration.full_from:.3f}\n"
        f"mean = {calibration.mean:.5f}\n"
        f"sd = {calibration.sd:.5f}\n"
        f"seeds = {len(calibration.accuracies)}\n"
        f"false_fail = {calibration.false_fail:.2g}\n"
        f"official_difference = {calibration.official_difference:.5f}\n"
        f'conditions = "{calibration.conditions}"\n'
    )


def write_gate(exercise: Exercise, calibration: Calibration) -> Path:
    """Put the table into exercise.toml, in the place of an older one.

    Raises:
        OutputError: the file cannot be written.
    """
    path = exercise.folder / "exercise.toml"
    table = gate_text(calibration)
    head = table.split("]", maxsplit=1)[0] + "]"
    kept: list[str] = []
    is_old = False
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            is_old = line.startswith(head)
        if not is_old:
            kept.append(line)
    text = "\n".join(kept).rstrip("\n") + "\n\n" + table
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror})") from None
    return path
