"""Hidden tests: what authors write them with, and how they are run on submissions.

Authors import `tier`, `case`, `agree` and `recipe`; the rest is for the pipeline.
"""

from grader.observe import recipe
from grader.runner.agree import agree
from grader.runner.cases import Draw, case
from grader.runner.execution import Cell, CellOutput, Execution
from grader.runner.marks import tier
from grader.runner.session import MAX_HELD_BYTES, Graded, collect, run, run_each, run_public

__all__ = [
    "MAX_HELD_BYTES",
    "Cell",
    "CellOutput",
    "Draw",
    "Execution",
    "Graded",
    "agree",
    "case",
    "collect",
    "recipe",
    "run",
    "run_each",
    "run_public",
    "tier",
]
