"""New exercises and courses: complete from the first minute, so that a proof is there to keep."""

from grader.scaffold.course import new_course
from grader.scaffold.exercise import new_exercise

__all__ = ["new_course", "new_exercise"]
