"""Hidden tests: what authors write them with, and how they are run on submissions.

Authors import `tier`, `case`, `agree` and `recipe`; the rest is for the pipeline.
"""

from grader.observe import recipe
from grader.runner.cases import Draw, case
from grader.runner.marks import tier
from grader.runner.recording import Asked, Batch, Recording
from grader.runner.session import Graded, collect, run, run_public

__all__ = [
    "Asked",
    "Batch",
    "Draw",
    "Graded",
    "Recording",
    "case",
    "collect",
    "recipe",
    "run",
    "run_public",
    "tier",
]
