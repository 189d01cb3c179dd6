"""What is found by reading an exercise, before anything of it runs."""

from __future__ import annotations

from collections.abc import Sequence

from grader.catalog import Exercise
from grader.pipeline import hint_of
from grader.verify.findings import Proof, line_of
from grader.verify.idle import unknown_calls, unread_samples
from grader.verify.texts import grader_imports, hint_problems, plain_asserts, unstated

__all__ = ["check_texts"]

_HANDED_OUT = {  # beside the stub, and what to do if it is missing
    "README.md": "write the statement: what, why, the formula and a worked example",
    "test_public.py": "write a few friendly tests with literal values",
}


def check_texts(exercise: Exercise, proof: Proof, kinds: Sequence[str]) -> None:
    """Note in `proof` what is missing, idle or unsaid; `kinds` are the folders of samples."""
    for name, remedy in _HANDED_OUT.items():
        if not (exercise.folder / name).is_file():
            proof.find(exercise.folder / name, "missing; students get one", remedy)
    for path in unread_samples(exercise, kinds):
        proof.find(
            path,
            "is in a folder that nothing reads",
            f"move it into wrong_answer/FUNCTION, {', '.join(kinds)}",
        )
    for name in unknown_calls([name for one in exercise.functions for name in one.forbidden]):
        proof.find(
            exercise.folder / "exercise.toml",
            f"forbids `{name}`, which is nowhere",
            'write the whole name, such as "torch.relu", or "Tensor.relu" for a method',
        )
    for plan, sentence in unstated(exercise, proof.plans):
        proof.find(
            exercise.reference,
            f"`{plan.id}` tests what the docstring does not say: {sentence!r}",
            f"write this sentence into the docstring of `{plan.function}`",
            line_of(exercise.reference, plan.function),
        )
    for line, module in grader_imports(exercise.public_tests):
        proof.find(
            exercise.public_tests,
            f"imports `{module}`: students get this file, and need nothing of the grader's for it",
            "use the fixtures `submission` and `recipe`, as arguments of the test",
            line,
        )
    for line in plain_asserts(exercise.hidden_tests):
        proof.find(
            exercise.hidden_tests,
            "a plain `assert`: students would read neither the call nor what was expected",
            'use a verb of `submission`, or `agree(got, expected, call="f(2)")`',
            line,
        )
    for wrong in exercise.wrong_answers:
        forbidden = exercise.function(wrong.function).forbidden
        for problem in hint_problems(hint_of(wrong), forbidden):
            proof.find(wrong.path, f"the hint {problem}", "rewrite the hint", 1)
