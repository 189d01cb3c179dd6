"""IPython's shell without a terminal, a kernel or a child process: what it shows, goes to Outputs.

Cells are transformed, compiled and run by IPython itself, so magics, `await`, `_`, `In` and `Out`
are its own. What needs the world outside the box is refused with a sentence, and the cell goes on.
"""

from __future__ import annotations

import builtins
import getpass
import sys
from collections.abc import Mapping
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any, NoReturn

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from grader.worker.outputs import Outputs

__all__ = ["make_shell"]

_PACKAGES = ("pip", "conda", "mamba", "micromamba", "uv", "apt", "apt-get")
_PROCESSES = ("bash", "sh", "script", "perl", "ruby", "pypy", "python2", "python3", "python", "cmd")
_NO_PACKAGES = (
    "`{}` is not run here: nothing can be installed while a notebook is graded. "
    "What the course names is installed; leave this line out."
)
_NO_COMMANDS = "`{}` is not run here: a notebook that is graded cannot start other programs."
_NO_MAGIC = "`{}` is not known here and was passed over."
_NO_INPUT = (
    "nobody is there to answer input() while a notebook is graded; "
    "write the value into the code instead"
)


class _Compiler(CachingCompiler):
    """Names each cell as graders do, so that tracebacks lead to it: work/n.ipynb, cell 3."""

    name_of_cell = ""

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        own = super().get_code_name(raw_code, transformed_code, number)
        return self.name_of_cell or str(own)


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


class GradingShell(InteractiveShell):
    """`outputs` takes what the present cell shows; None between cells."""

    outputs: Outputs | None = None

    def say(self, sentence: str) -> None:
        sys.stderr.write(f"{sentence}\n")

    # -- refused

    def system(self, cmd: str) -> None:
        """`!command`."""
        self.say(_refusal(cmd))

    system_piped = system_raw = system

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> NoReturn:
        """`lines = !command`: no output is made up."""
        raise RuntimeError(_refusal(cmd))

    def ask_exit(self) -> None:
        self.say("`exit` does not end a notebook that is graded; the other cells are run.")

    def enable_gui(self, gui: object = None) -> None: ...

    def enable_matplotlib(self, gui: object = None) -> Any:
        if PathFinder.find_spec("matplotlib") is None:
            return "inline", "inline"  # its stand-in draws nothing
        return super().enable_matplotlib("inline")  # type: ignore[no-untyped-call]  # IPython's

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        if not self._knows("line", magic_name):
            return self.say(_NO_MAGIC.format(f"%{magic_name}"))
        return super().run_line_magic(magic_name, line, _stack_depth + 1)

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> Any:
        if not self._knows("cell", magic_name):
            return self.say(_NO_MAGIC.format(f"%%{magic_name}"))
        return super().run_cell_magic(magic_name, line, cell)  # type: ignore[no-untyped-call]  # so

    def _knows(self, kind: str, name: str) -> bool:
        return name in self.magics_manager.magics[kind] or name in self.magics_manager.lazy_magics

    # -- errors are taken from the result of the cell, and formatted outside

    def showtraceback(self, exc_tuple: Any = None, *args: object, **options: object) -> None:
        if exc_tuple is not None and self.outputs is not None:  # e.g. of a _repr_html_
            self.say(f"{exc_tuple[0].__name__}: {exc_tuple[1]}")

    def showsyntaxerror(self, *args: object, **options: object) -> None: ...

    def show_usage_error(self, exc: BaseException) -> None: ...

    def atexit_operations(self) -> None: ...


def make_shell(folder: Path) -> GradingShell:
    """A new shell, the one of this process; `sys.modules["__main__"]` becomes the notebook's.

    Args:
        folder: where IPython may keep its files.
    """
    GradingShell.clear_instance()
    config = Config()
    config.HistoryManager.enabled = False  # it would start a thread
    config.Completer.use_jedi = False
    config.InteractiveShell.colors = "nocolor"
    shell: GradingShell = GradingShell.instance(
        config=config,
        ipython_dir=str(folder),
        compiler_class=_Compiler,
        displayhook_class=_Hook,
        display_pub_class=_Publisher,
    )
    _replace_magics(shell)
    builtins.input = _no_input
    getpass.getpass = _no_input
    return shell


def _replace_magics(shell: GradingShell) -> None:
    for name in _PACKAGES:
        shell.register_magic_function(_packages(shell, name), "line", name)
    for name in _PROCESSES:
        shell.register_magic_function(_process(shell, name), "cell", name)
    for name in ("system", "sx", "sc"):
        shell.register_magic_function(_output(shell), "line", name)


def _packages(shell: GradingShell, name: str) -> Any:
    def magic(line: str) -> None:
        shell.say(_NO_PACKAGES.format(f"%{name} {line}".strip()))

    return magic


def _process(shell: GradingShell, name: str) -> Any:
    def magic(line: str, cell: str) -> None:
        shell.say(_NO_COMMANDS.format(f"%%{name} {line}".strip()))

    return magic


def _output(shell: GradingShell) -> Any:
    def magic(line: str) -> NoReturn:
        shell.getoutput(line)

    return magic


def _refusal(command: str) -> str:
    words = command.replace("sudo ", "").split()
    shown = f"!{command}"[:200]
    is_install = any(word in _PACKAGES for word in words[:4])  # also: python -m pip install
    return (_NO_PACKAGES if is_install else _NO_COMMANDS).format(shown)


def _no_input(*args: object, **options: object) -> NoReturn:
    raise RuntimeError(_NO_INPUT)
