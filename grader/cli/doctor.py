"""`grader doctor`: what this machine can do."""

from __future__ import annotations

import click

from grader.cli.output import console

__all__ = ["command"]


@click.command("doctor")
def command() -> int:
    """Tell what this machine can do: tiers of isolation, proven by attacks, and versions.

    Exits with 3 if no tier is strong enough to grade by hidden tests.
    """
    from rich.table import Table
    from rich.text import Text

    from grader.doctor import examine

    findings = examine()
    table = Table(box=None, pad_edge=False, show_header=False)
    for finding in findings:
        mark = Text("ok", style="green") if finding.ok else Text("no", style="red")
        told = [finding.detail] if finding.ok else [finding.detail, finding.remedy]
        # as Text, since rich would take the brackets of cnn-grader[instructor] for a style
        table.add_row(mark, Text(finding.name), Text("\n".join(filter(None, told))))
    console().print(table)
    return 0 if all(finding.ok for finding in findings) else 3
