"""What students are handed: stubs made from the reference, and a folder without secrets."""

from grader.release.bundle import release
from grader.release.leaks import find_leaks
from grader.release.stubs import compare_stubs, make_stubs, write_stubs

__all__ = ["compare_stubs", "find_leaks", "make_stubs", "release", "write_stubs"]
