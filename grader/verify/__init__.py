"""Proves that an exercise's tests work: what is right passes, what is wrong gets its verdict."""

from grader.verify.proof import Finding, Proof, prove

__all__ = ["Finding", "Proof", "prove"]
