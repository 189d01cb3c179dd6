"""Boxes for student code: made, talked to and ended by the grader; nothing here runs in one."""

from grader.sandbox.box import Box
from grader.sandbox.cgroups import Groups
from grader.sandbox.failures import BoxFailed
from grader.sandbox.sandbox import Sandbox

__all__ = ["Box", "BoxFailed", "Groups", "Sandbox"]
