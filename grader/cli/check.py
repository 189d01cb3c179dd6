"""`grader check`: a student's own look at their file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.messages import say
from grader.model import Isolation

if TYPE_CHECKING:
    from grader.sandbox import Sandbox
    from grader.selfcheck import CheckResult, Target

__all__ = ["command"]


@click.command("check")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option("--exercise", "slug", metavar="SLUG", help="Default: told by the file's name.")
@click.option("--begun", "begun_only", is_flag=True, help="Pass over what still is the stub.")
@click.option("--watch", is_flag=True, help="Check again whenever the file is saved, until Ctrl-C.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page too.")
@click.option(
    "--tier",
    type=click.Choice([str(tier) for tier in reversed(Isolation)]),
    default=Isolation.PROCESS.value,
    envvar="GRADER_CHECK_TIER",
    show_default=True,
    help="The isolation to run your own code in.",
)
def command(
    files: tuple[Path, ...],
    slug: str | None,
    begun_only: bool,
    watch: bool,
    html: Path | None,
    tier: str,
) -> int:
    """Run the public tests of an exercise on FILE, your module, notebook or folder.

    Without FILE, check the exercise of the current folder, or all that you have begun of the
    exercises in it. The public tests help; the mark is decided by hidden tests, which look at
    more. Exits with 1 if something is to be repaired.
    """
    from grader.selfcheck import find_targets

    targets = [target for file in files or (None,) for target in find_targets(file, slug)]
    one_option = "--watch" if watch else "--html" if html is not None else ""
    if one_option and len(targets) > 1:
        raise click.UsageError(f"{one_option} takes one exercise")
    if html is not None and not html.parent.is_dir():
        raise click.UsageError(f"--html {html}: there is no folder {html.parent}")
    if begun_only or len(targets) > max(1, len(files)):  # in a folder of several the rest can wait
        targets = _begun(targets)
    if not targets:
        return 0 if begun_only else 1
    with _sandbox(Isolation(tier), ahead=watch or len(targets) > 1) as sandbox:
        results = [_checked(target, sandbox, html) for target in targets]
        if watch:
            _watch(targets[0], sandbox, html)
    return 0 if all(result.is_fine for result in results) else 1


def _begun(targets: list[Target]) -> list[Target]:
    """Those in which something is written; names the others."""
    from grader.selfcheck import is_untouched

    begun = [t for t in targets if not all(is_untouched(f, t.exercise.names) for f in t.files)]
    rest = ", ".join(dict.fromkeys(t.exercise.slug for t in targets if t not in begun))
    if rest:
        click.echo(say("check.begun.not", names=rest))
    return begun


def _sandbox(tier: Isolation, *, ahead: bool) -> Sandbox:
    if tier is not Isolation.PROCESS:
        from grader.sandbox import Sandbox

        return Sandbox(required=tier)
    from grader.sandbox.process import ProcessSandbox

    sandbox = ProcessSandbox(ahead=ahead)
    sandbox.start()  # it imports torch while we do
    return sandbox


def _checked(target: Target, sandbox: Sandbox, html: Path | None) -> CheckResult:
    from grader.cli.check_output import show
    from grader.selfcheck.running import check_target

    result = check_target(target, sandbox)
    show(result)
    if html is not None:
        from grader.selfcheck.page import write_html

        write_html(result, html)
    return result


def _watch(target: Target, sandbox: Sandbox, html: Path | None) -> None:
    """Check again after each change; a file that cannot be read for once is told, not fatal."""
    import time

    from grader.errors import SubmissionError, UsageError
    from grader.selfcheck import Watch

    watch = Watch([*target.files, target.exercise.public_tests])
    click.echo(f"\n{say('check.watching')}")
    try:
        for _ in watch.changes():
            click.echo(f"\n── {time.strftime('%H:%M:%S')} ──")
            try:
                _checked(target, sandbox, html)
            except (SubmissionError, UsageError) as error:
                click.echo(f"grader: {error}", err=True)
    except KeyboardInterrupt:
        click.echo(f"\n{say('check.stopped')}")
