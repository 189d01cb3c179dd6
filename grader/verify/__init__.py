"""Proves that an exercise's tests work: what is right passes, what is wrong gets its verdict."""

from grader.verify.everything import prove_all, survive_all
from grader.verify.findings import Finding, Proof
from grader.verify.proof import prove
from grader.verify.survival import Survival, survive

__all__ = ["Finding", "Proof", "Survival", "prove", "prove_all", "survive", "survive_all"]
