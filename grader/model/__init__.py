"""The result of grading as frozen, versioned data; it holds no live objects, no HTML, no paths.

    Attempt ── SubmissionInfo                what was handed in: name, hash, file names
      ├─ PastAttempt                         an earlier attempt, for what changed since
      ├─ ExerciseResult                      one topic, e.g. `padding`
      │    ├─ FunctionResult                 state and points of one function to write
      │    │    └─ TestResult                one hidden test: verdict, points, Mismatch, hint
      │    ├─ Source                         the student's text, for the page
      │    └─ TrainingResult                 (the capstone's training, where an exercise has one)
      └─ Provenance                          versions, device, tier of isolation, limits

A *case* is one call of the function under test. Points are exact fractions and stand as "p/q" in
JSON; non-finite numbers stand as the strings "nan", "inf", "-inf". The same results give the same
bytes; only members called `measured` may differ between two runs on the same input.
"""

from grader.model.kinds import (
    Attribution,
    Audience,
    CellStatus,
    Facet,
    FunctionState,
    Isolation,
    Show,
    Tier,
    Verdict,
)
from grader.model.results import (
    SCHEMA_VERSION,
    Attempt,
    ExerciseResult,
    FunctionResult,
    PastAttempt,
    Provenance,
    Source,
    TestResult,
    attempt_from_json,
    attempt_schema,
    attempt_to_json,
)
from grader.model.submission import Limits, Submission, SubmissionInfo
from grader.model.training import (
    CurvePoint,
    DeadChannels,
    Flag,
    LayerReport,
    Mistake,
    TrainingMeasured,
    TrainingResult,
)
from grader.model.values import (
    Array,
    Described,
    Measured,
    Mismatch,
    Note,
    Number,
    Points,
    flat_indices,
    window_around,
)

__all__ = [
    "SCHEMA_VERSION",
    "Array",
    "Attempt",
    "Attribution",
    "Audience",
    "CellStatus",
    "CurvePoint",
    "DeadChannels",
    "Described",
    "ExerciseResult",
    "Facet",
    "Flag",
    "FunctionResult",
    "FunctionState",
    "Isolation",
    "LayerReport",
    "Limits",
    "Measured",
    "Mismatch",
    "Mistake",
    "Note",
    "Number",
    "PastAttempt",
    "Points",
    "Provenance",
    "Show",
    "Source",
    "Submission",
    "SubmissionInfo",
    "TestResult",
    "Tier",
    "TrainingMeasured",
    "TrainingResult",
    "Verdict",
    "attempt_from_json",
    "attempt_schema",
    "attempt_to_json",
    "flat_indices",
    "window_around",
]
