"""IPython's shell without a terminal, a kernel or a child process: what it shows, goes to Outputs.

Cells are transformed, compiled and run by IPython itself, so magics, `await`, `_`, `In` and `Out`
are its own. What needs the world outside the box is refused: see worker.refusals.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher

from grader.worker.outputs import Outputs
from grader.worker.refusals import Compiler, Refusing, refuse, shell_config

__all__ = ["make_shell"]


class _Publisher(DisplayPublisher):
    """display() and its relatives."""

    def publish(
        self,
        data: Mapping[str, Any],
        metadata: object = None,
        source: object = None,
        *,
        transient: Mapping[str, Any] | None = None,
        update: bool = False,
        **others: object,
    ) -> None:
        shell: Any = self.shell
        outputs: Outputs | None = shell.outputs
        display_id = (transient or {}).get("display_id")
        if outputs is None:
            return
        if update:
            outputs.update(data, display_id)
        else:
            outputs.show("display", data, display_id)

    def clear_output(self, wait: bool = False) -> None:
        shell: Any = self.shell
        if shell.outputs is not None:
            shell.outputs.clear(wait=wait)


class _Hook(DisplayHook):
    """The value of a cell's last expression."""

    def start_displayhook(self) -> None: ...

    def write_output_prompt(self) -> None: ...

    def write_format_data(self, format_dict: Mapping[str, Any], md_dict: object = None) -> None:
        shell: Any = self.shell
        if shell.outputs is not None:
            shell.outputs.show("result", format_dict)

    def finish_displayhook(self) -> None: ...

    def log_output(self, format_dict: object) -> None: ...


class GradingShell(Refusing):
    """`outputs` takes what the present cell shows; None between cells."""

    outputs: Outputs | None = None


def make_shell(folder: Path) -> GradingShell:
    """A new shell, the one of this process; `sys.modules["__main__"]` becomes the notebook's.

    Args:
        folder: where IPython may keep its files.
    """
    GradingShell.clear_instance()
    shell: GradingShell = GradingShell.instance(
        config=shell_config(),
        ipython_dir=str(folder),
        compiler_class=Compiler,
        displayhook_class=_Hook,
        display_pub_class=_Publisher,
    )
    refuse(shell)
    return shell
