"""Which attempt files are: the same again, or a new one that came after another."""

import pytest

from grader.gradebook.attempts import KnownAttempt, attempt_for


def known(text):
    """Attempts as "A1 B2" with days, or "A B" without: one a word, in their order."""
    return [
        KnownAttempt(id=n, number=n, sha256=word[0], handed_in=day(word[1:]))
        for n, word in enumerate(text.split(), 1)
    ]


def day(digits):
    return f"2026-01-0{digits}T00:00:00Z" if digits else None


@pytest.mark.parametrize(
    ("before", "files", "number"),
    [
        ("", "A", None),
        ("A", "A", 1),
        ("A B", "A", None),
        ("A B A", "A", 3),
        ("A1", "A2", 1),
        ("A", "A2", 1),
        ("A1 B2", "A3", None),
        ("A1 B2", "A1", 1),
        ("A2 B3", "A1", 1),
        ("A1 B", "A3", None),
        ("A B2", "A", None),
    ],
)
def test_a_hand_in_that_comes_alone_is_the_newest_unless_its_time_says_otherwise(
    before, files, number
):
    found = attempt_for(known(before), files[0], day(files[1:]))
    assert (found and found.number) == number


@pytest.mark.parametrize(
    ("before", "together", "numbers"),
    [
        ("", "A A B A", [1, 1, 2, 3]),
        ("A B A", "A B A", [1, 2, 3]),
        ("A B", "A B", [1, 2]),
        ("A B", "A B A", [1, 2, 3]),
        ("A B", "B A", [2, 3]),
        ("A B C", "A B", [1, 2]),
        ("", "A1 B2 A3", [1, 2, 3]),
        ("A1 B2 A3", "A1 B2 A3", [1, 2, 3]),
        ("A B A", "A1 B2 A3", [1, 2, 3]),
        ("A1 B2", "B2 A3 C4", [2, 3, 4]),
    ],
)
def test_hand_ins_that_come_together_are_attempts_in_their_order(before, together, numbers):
    attempts, after, found = known(before), 0, []
    for word in together.split():
        one = attempt_for(attempts, word[0], day(word[1:]), after)
        if one is None:
            n = len(attempts) + 1
            one = KnownAttempt(id=n, number=n, sha256=word[0], handed_in=day(word[1:]))
            attempts.append(one)
        after = one.number
        found.append(after)
    assert found == numbers
