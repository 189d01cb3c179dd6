"""Grading in continuous integration: what a change submits, and results in the forms that CI reads.

Only the student's view of the results is used here, and whatever a student wrote is neutralised:
it must neither command the runner nor mark up a page.
"""

from grader.ci.annotations import annotation_lines
from grader.ci.changes import changed_exercises
from grader.ci.findings import Finding, findings_of
from grader.ci.outputs import Report, write_all
from grader.ci.submitted import submission_of
from grader.ci.words import Muzzle, neutral

__all__ = [
    "Finding",
    "Muzzle",
    "Report",
    "annotation_lines",
    "changed_exercises",
    "findings_of",
    "neutral",
    "submission_of",
    "write_all",
]
