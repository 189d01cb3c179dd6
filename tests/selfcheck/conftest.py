"""Exercises for a student's check, without solutions."""

import shutil

import pytest

from grader.sandbox.process import ProcessSandbox


@pytest.fixture(scope="session")
def own_machine():
    """Boxes of tier process; one is always started ahead."""
    with ProcessSandbox(ahead=True) as sandbox:
        yield sandbox


@pytest.fixture
def handed_out(root, tmp_path):
    """What students get of two exercises."""
    folder = tmp_path / "course"
    for slug in ("relu", "output_size"):
        shutil.copytree(root / "exercises" / slug, folder / "exercises" / slug)
    return folder
