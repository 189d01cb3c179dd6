"""The machine's complaint, turned into what to do about it."""

from __future__ import annotations

import pytest

from grader.sandbox import remedies


@pytest.mark.parametrize(
    ("complaint", "remedy"),
    [
        ("bwrap: setting up uid map: Permission denied", "AppArmor"),
        ("bwrap: loopback: Failed RTM_NEWADDR: Operation not permitted", "AppArmor"),
        ("bwrap: Creating new namespace failed: Operation not permitted", "Docker"),
        ("ModuleNotFoundError: No module named 'pyseccomp'", "libseccomp2"),
        ("RuntimeError: Unable to find libseccomp", "apt-get install libseccomp2"),
        ("ModuleNotFoundError: No module named 'torch'", "torch is not installed"),
    ],
)
def test_a_known_complaint_brings_its_remedy(complaint, remedy):
    message = remedies.for_start(complaint)
    assert remedy in message
    assert complaint in message


def test_of_a_traceback_only_the_error_is_passed_on():
    message = remedies.for_start(
        'Traceback (most recent call last):\n  File "<string>", line 1, in <module>\n'
        "ModuleNotFoundError: No module named 'msgpack'\nsomething else afterwards\n"
    )
    assert "msgpack is not installed where the sandbox can see it" in message
    assert message.endswith("(the machine said: ModuleNotFoundError: No module named 'msgpack')")


def test_an_unknown_complaint_is_passed_on_with_the_doctor():
    message = remedies.for_fork("the moon\nis full")
    assert message == "no box could be made: the moon is full; `grader doctor` tells more"


def test_no_complaint_at_all_is_said():
    assert "it gave no reason" in remedies.for_start("  \n")
