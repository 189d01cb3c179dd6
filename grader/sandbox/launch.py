"""The command that starts a warm parent, per tier."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import TypeAlias

from grader.errors import SandboxError
from grader.model import Isolation
from grader.protocol.control import Settings
from grader.sandbox import remedies, view

__all__ = ["LAUNCHES", "Launch"]

Launch: TypeAlias = Callable[[int, int, Settings], "subprocess.Popen[bytes]"]
"""(control socket, where to write complaints, settings) -> the started process."""

_START = (
    "import sys; sys.path.insert(0, '/worker'); "
    "from grader.worker.__main__ import main; main(int(sys.argv[1]), sys.argv[2])"
)


def _in_namespaces(control: int, log: int, settings: Settings) -> subprocess.Popen[bytes]:
    """Start it in bubblewrap.

    Raises:
        SandboxError: there is no bubblewrap.
    """
    program = shutil.which("bwrap")
    if program is None:
        raise SandboxError(remedies.NO_BUBBLEWRAP)
    nothing, writer = os.pipe()
    os.close(writer)
    try:
        wrapped = view.bubblewrap(program, empty_file=nothing, is_root=os.geteuid() == 0)
        return _start([*wrapped, *_python(control, settings)], control, log, nothing)
    finally:
        os.close(nothing)


def _python(control: int, settings: Settings) -> list[str]:
    """Not -I: it would ignore PYTHONHASHSEED, and the environment is ours alone."""
    flags = ["-s", "-P", "-u", "-c", _START]
    return [sys.executable, *flags, str(control), settings.to_json()]


def _start(command: list[str], control: int, log: int, *inherited: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        pass_fds=(control, *inherited),
        env={},
        cwd="/",
    )


LAUNCHES: Mapping[Isolation, Launch] = {Isolation.NAMESPACES: _in_namespaces}
