"""What a notebook that is graded cannot have, refused with a sentence: the world outside the box.

The cell goes on after each refusal. An IPython shell of any kind is made to refuse by deriving it
from Refusing; errors of cells are taken from their results, so no shell prints them.
"""

from __future__ import annotations

import builtins
import getpass
import sys
from importlib.machinery import PathFinder
from typing import Any, NoReturn

from IPython.core.compilerop import CachingCompiler
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

__all__ = ["Compiler", "Refusing", "no_input", "refuse", "shell_config"]

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


class Compiler(CachingCompiler):
    """Names each cell as graders do, so that tracebacks lead to it: work/n.ipynb, cell 3."""

    name_of_cell = ""

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        own = super().get_code_name(raw_code, transformed_code, number)
        return self.name_of_cell or str(own)


class Refusing(InteractiveShell):
    """The methods of IPython's shell that reach outside, or that show errors."""

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
        if exc_tuple is not None:  # e.g. of a _repr_html_
            self.say(f"{exc_tuple[0].__name__}: {exc_tuple[1]}")

    def showsyntaxerror(self, *args: object, **options: object) -> None: ...

    def show_usage_error(self, exc: BaseException) -> None: ...

    def atexit_operations(self) -> None: ...


def shell_config() -> Config:
    """Settings of any shell here."""
    config = Config()
    config.HistoryManager.enabled = False  # it would start a thread
    config.Completer.use_jedi = False
    config.InteractiveShell.colors = "nocolor"
    return config


def refuse(shell: Refusing) -> None:
    """Put refusals in the place of magics and of input()."""
    for name in _PACKAGES:
        shell.register_magic_function(_packages(shell, name), "line", name)
    for name in _PROCESSES:
        shell.register_magic_function(_process(shell, name), "cell", name)
    for name in ("system", "sx", "sc"):
        shell.register_magic_function(_output(shell), "line", name)
    builtins.input = no_input
    getpass.getpass = no_input


def _packages(shell: Refusing, name: str) -> Any:
    def magic(line: str) -> None:
        shell.say(_NO_PACKAGES.format(f"%{name} {line}".strip()))

    return magic


def _process(shell: Refusing, name: str) -> Any:
    def magic(line: str, cell: str) -> None:
        shell.say(_NO_COMMANDS.format(f"%%{name} {line}".strip()))

    return magic


def _output(shell: Refusing) -> Any:
    def magic(line: str) -> NoReturn:
        shell.getoutput(line)

    return magic


def _refusal(command: str) -> str:
    words = command.replace("sudo ", "").split()
    shown = f"!{command}"[:200]
    is_install = any(word in _PACKAGES for word in words[:4])  # also: python -m pip install
    return (_NO_PACKAGES if is_install else _NO_COMMANDS).format(shown)


def no_input(*args: object, **options: object) -> NoReturn:
    raise RuntimeError(_NO_INPUT)
