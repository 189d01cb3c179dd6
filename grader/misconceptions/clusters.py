"""Which wrong submissions are wrong in the same way, though no table knows how.

For an instructor: twelve students with one unknown mistake are a misconception to write down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.compare import Batch, CheckKind
from grader.misconceptions.matching import alike

__all__ = ["Cluster", "clusters"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Submissions whose function goes wrong in the same cases with the same answers.

    `names` are in the order given; the first is as good an example as any. `wrong_cases` counts
    the calls that went wrong, and `shown` is the first of them, (test id, batch, case), so that a
    page can print it.
    """

    names: tuple[str, ...]
    wrong_cases: int
    shown: tuple[str, int, int]


def clusters(recordings: Mapping[str, Sequence[Batch]]) -> tuple[Cluster, ...]:
    """Groups of submissions that answer alike, the largest first; right ones are left out.

    Args:
        recordings: by submission, what one and the same function was asked, with its answers:
            `list(recording.of(function))`. The same hidden tests and seed for all. Leave out
            submissions that got a hint, to see unknown mistakes alone.
    """
    groups: list[tuple[_Wrong, list[str]]] = []
    for name, batches in recordings.items():
        wrong = _Wrong(batches, _places(batches))
        if not wrong.places:
            continue
        known = next((names for first, names in groups if _is_same(first, wrong)), None)
        if known is None:
            groups.append((wrong, [name]))
        else:
            known.append(name)
    groups.sort(key=lambda group: -len(group[1]))
    return tuple(
        Cluster(
            names=tuple(names),
            wrong_cases=len(first.places),
            shown=_shown(first),
        )
        for first, names in groups
    )


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A submission's answers, and the places (batch, case) of the wrong ones."""

    batches: Sequence[Batch]
    places: tuple[tuple[int, int], ...]


def _places(batches: Sequence[Batch]) -> tuple[tuple[int, int], ...]:
    return tuple(
        (place, index)
        for place, batch in enumerate(batches)
        if batch.asked.check.kind is not CheckKind.DIRECT
        for index, is_wrong in enumerate(batch.wrong)
        if is_wrong
    )


def _is_same(one: _Wrong, other: _Wrong) -> bool:
    if one.places != other.places or len(one.batches) != len(other.batches):
        return False
    pairs = list(zip(one.batches, other.batches, strict=True))
    if any(len(a.got) != len(b.got) or a.test_id != b.test_id for a, b in pairs):
        return False
    return all(alike(pairs[p][0], i, pairs[p][1].got[i]) for p, i in one.places)


def _shown(wrong: _Wrong) -> tuple[str, int, int]:
    place, index = wrong.places[0]
    batch = wrong.batches[place]
    return batch.test_id, batch.number, index
