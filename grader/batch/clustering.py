"""Which unknown mistakes of a class are one and the same, though their last digits differ.

A digest of what a failed function answered tells equal answers; here the answers themselves are
compared, within the tolerance of the tests. One submission for each digest is looked at, from its
kept replies, so that no student code runs; what was purged stays apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection, text

from grader.batch.replaying import recorded_again
from grader.batch.store import result_path
from grader.catalog import Exercise
from grader.compare import Batch
from grader.errors import FrameError
from grader.gradebook.marks import Mark
from grader.misconceptions import clusters
from grader.model import attempt_from_json
from grader.pipeline import unpack_replies

__all__ = ["same_mistakes"]

MAX_LOOKED_AT = 200
"""Digests of one exercise; beyond that only equal answers are told to be equal."""

_UNKNOWN = """
    SELECT function, slug, answers, (
        SELECT group_concat(test_id || verdict, ' ') FROM test_results AS t
        WHERE t.result_id = f.result_id AND t.test_id LIKE f.slug || '::' || f.function || '::%'
    ) AS pattern FROM function_results AS f
    WHERE result_id = :result AND verdict = 'FAILED' AND misconception = '' AND answers <> ''"""


@dataclass(frozen=True, slots=True)
class _Example:
    """A submission with an unknown mistake; `pattern`: how each test of the function went."""

    slug: str
    function: str
    pattern: str
    digest: str
    unit: str
    reference: str


def same_mistakes(
    connection: Connection,
    counted: Sequence[Mark],
    exercises: Mapping[str, Exercise],
    private: Path,
) -> dict[tuple[str, str], str]:
    """(function, digest) -> the digest that stands for all that are the same mistake.

    Args:
        connection: to the gradebook.
        counted: the marks of the class.
        exercises: by slug; results of another version of their tests are left apart.
        private: where the results and replies of the class lie.
    """
    found: dict[tuple[str, str], _Example] = {}
    for mark in counted:
        for row in connection.execute(text(_UNKNOWN), {"result": mark.result_id}):
            one = _Example(
                row.slug, row.function, row.pattern or "", row.answers, mark.unit, mark.reference
            )
            found.setdefault((one.function, one.digest), one)
    merged: dict[tuple[str, str], str] = {}
    listed = sorted(found.values(), key=lambda one: (one.slug, one.function, one.pattern))
    for (slug, function, _), group in groupby(
        listed, key=lambda one: (one.slug, one.function, one.pattern)
    ):
        examples = list(group)
        if slug in exercises and 1 < len(examples) <= MAX_LOOKED_AT:
            merged |= _merged(function, examples, exercises[slug], private)
    return merged


def _merged(
    function: str, examples: Sequence[_Example], exercise: Exercise, private: Path
) -> dict[tuple[str, str], str]:
    batches = {one.digest: _batches(one, exercise, private) for one in examples}
    recordings = {digest: found for digest, found in batches.items() if found}
    return {
        (function, digest): cluster.names[0]
        for cluster in clusters(recordings)
        for digest in cluster.names
    }


def _batches(example: _Example, exercise: Exercise, private: Path) -> list[Batch]:
    """What the function was asked, with its answers; nothing if they are not kept any more, or
    were damaged: `grader regrade` says that."""
    place = (private, example.unit, example.reference)
    try:
        attempt = attempt_from_json(result_path(*place).read_bytes())
        answers = unpack_replies(result_path(*place, replies=True).read_bytes())
    except (OSError, FrameError):
        return []
    result = next((e for e in attempt.exercises if e.slug == exercise.slug), None)
    if result is None or result.score_fingerprint != exercise.score_fingerprint:
        return []
    recording = recorded_again(exercise, answers.get(exercise.slug, {}), result)
    return list(recording.of(example.function))
