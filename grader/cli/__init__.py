"""The command `grader`: the only place that prints, reads arguments and exits.

Commands are imported when they are asked for: `grader --help` loads neither torch nor rich.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import sys
import threading
from typing import NoReturn

import click

from grader.errors import GraderError

__all__ = ["main", "run"]

COMMANDS = {
    "batch": ("grader.cli.batch", "Grade a class; go on where the last run ended."),
    "calibrate": ("grader.cli.calibrate", "Measure the reference; set the band of accuracy."),
    "check": ("grader.cli.check", "Check your own file by the public tests of its exercise."),
    "ci": ("grader.cli.ci", "Grade what a change touches; report as CI systems read it."),
    "data": ("grader.cli.data", "Fetch a data set for training, and check it."),
    "doctor": ("grader.cli.doctor", "Tell what this machine can do, and what it lacks."),
    "explain": ("grader.cli.explain", "Tell what an error message means and what helps."),
    "export": ("grader.cli.export", "Write marks for Canvas, Moodle, Gradescope, as CSV or JUnit."),
    "grade": ("grader.cli.grade", "Grade submissions by the hidden tests; write feedback pages."),
    "gradebook": ("grader.cli.gradebook", "Look at marks and correct them; a person's data."),
    "new": ("grader.cli.new", "Make a new exercise, or a new course."),
    "redteam": ("grader.cli.redteam", "Attack the grader as installed here; tell what was held."),
    "regrade": ("grader.cli.regrade", "Bring marks up to date after tests or hints changed."),
    "release": ("grader.cli.release", "Make the stubs, or the folder that students get."),
    "report": ("grader.cli.report", "Render feedback pages again from stored results."),
    "requests": ("grader.cli.requests", "Students' questions about results, and the answers."),
    "verify": ("grader.cli.verify", "Prove that exercises accept what is right and nothing else."),
}
EXIT_CODES = """\b
Exit codes: 0 ok · 1 below the threshold · 2 usage or course files · 3 the grader's or the
machine's fault · 4 nothing to grade · 130 interrupted"""


# With Python's 700, importing torch looks a hundred times for garbage and finds none.
_OBJECTS_BETWEEN_COLLECTIONS = 50_000


class _Commands(click.Group):
    """The table above as a click group."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])


@click.group(cls=_Commands, epilog=EXIT_CODES, context_settings={"max_content_width": 96})
@click.version_option(package_name="cnn-grader", prog_name="grader")
def group() -> None:
    """Check exercises and grade submissions for a PyTorch course on convolutional networks."""


def main() -> NoReturn:
    """Run the command line and end the process with its code."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    _leave(run())


def run() -> int:
    """Run the command line; the exit code. Whatever goes wrong is said on the error stream."""
    try:
        code = group.main(standalone_mode=False, prog_name="grader")
        sys.stdout.flush()  # here, where a reader that has gone is nothing to speak of
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except GraderError as error:
        click.echo(f"grader: {error} [{error.slug}]", err=True)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("grader: interrupted", err=True)
        return 130
    except BrokenPipeError:
        # the reader of our output has gone: there is nobody to tell, and click ends by 1 then too
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # a bug of ours must still end in one sentence and exit code 3
        click.echo(
            f"grader: internal error: {type(error).__name__}: {error}\n"
            "Please report it; GRADER_DEBUG=1 shows where it happened.",
            err=True,
        )
        if "GRADER_DEBUG" in os.environ:
            raise
        return 3


def _leave(code: int) -> NoReturn:
    """End without taking torch apart piece by piece, which takes half a second of CPU time."""
    others = (t for t in threading.enumerate() if t is not threading.main_thread())
    if "torch" in sys.modules and all(thread.daemon for thread in others):
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
