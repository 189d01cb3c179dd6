"""`grader check`: a student's own look at their file."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.options import tier_option
from grader.cli.output import check_table, console
from grader.model import Isolation, Verdict

__all__ = ["command"]


@click.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--exercise", "slug", metavar="SLUG", help="Default: told by the file's name.")
@tier_option
def command(file: Path, slug: str | None, tier: str) -> int:
    """Run the public tests of an exercise on FILE, a module, notebook or folder.

    The public tests help; the mark is decided by hidden tests, which look at more.
    """
    from grader.sandbox import Sandbox
    from grader.selfcheck import check, find_exercise

    exercise = find_exercise(file, slug)
    with Sandbox(required=Isolation(tier)) as sandbox:
        result = check(exercise, file, sandbox)
    screen = console()
    screen.print(f"[bold]{exercise.title}[/bold]")
    screen.print(check_table(result))
    tests = [test for function in result.functions for test in function.tests]
    passed = sum(test.verdict is Verdict.PASSED for test in tests)
    screen.print(
        f"{passed} of {len(tests)} public tests pass. The mark is decided by hidden tests, "
        "which look at more."
    )
    return 0 if passed == len(tests) else 1
