"""The class's marks and how they came about: one SQLite file that only ever grows.

Who somebody is stands in one table that can be erased; everything else names a pseudonym.
"""

from grader.gradebook.database import Gradebook
from grader.gradebook.rows import ExerciseRow, FunctionRow, ResultRow, TestRow

__all__ = ["ExerciseRow", "FunctionRow", "Gradebook", "ResultRow", "TestRow"]
