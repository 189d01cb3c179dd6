"""The command that starts a warm parent, per tier."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from grader.errors import SandboxError
from grader.model import Isolation
from grader.protocol.control import Settings
from grader.sandbox import remedies, view

__all__ = ["LAUNCHES", "Launch"]

Launch: TypeAlias = Callable[[int, int, Settings], "subprocess.Popen[bytes]"]
"""(control socket, where to write complaints, settings) -> the started process."""

_MAIN = "from grader.worker.__main__ import main; main(int(sys.argv[1]), sys.argv[2])"
_START = f"import sys; sys.path.insert(0, '/worker'); {_MAIN}"
_START_ALONE = (  # as if grader/__init__.py were empty, and nothing of it but what is shared
    "import sys, types; package = types.ModuleType('grader'); "
    f"package.__path__ = [sys.argv[3]]; sys.modules['grader'] = package; {_MAIN}"
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
        is_root = os.geteuid() == 0
        wrapped = view.bubblewrap(
            program, empty_file=nothing, is_root=is_root, devices=settings.devices
        )
        command = [*wrapped, *_python(_START, control, settings)]
        return _start(command, control, log, inherited=(nothing,))
    finally:
        os.close(nothing)


def _alone(control: int, log: int, settings: Settings) -> subprocess.Popen[bytes]:
    """Start it as an ordinary process: clean, since a fork of the grader would hold its memory."""
    package = str(Path(__file__).parent.parent)
    command = [*_python(_START_ALONE, control, settings), package]
    home = {"HOME": settings.scratch, "TMPDIR": settings.scratch}
    return _start(command, control, log, environment={**view.ENVIRONMENT, **home})


def _python(start: str, control: int, settings: Settings) -> list[str]:
    """Not -I: it would ignore PYTHONHASHSEED, and the environment is ours alone."""
    flags = ["-s", "-P", "-u", "-c", start]
    return [sys.executable, *flags, str(control), settings.to_json()]


def _start(
    command: list[str],
    control: int,
    log: int,
    *,
    inherited: tuple[int, ...] = (),
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        pass_fds=(control, *inherited),
        env=dict(environment or {}),
        cwd="/",
        start_new_session=True,  # Ctrl-C in a terminal is for the grader, which then ends it all
    )


LAUNCHES: Mapping[Isolation, Launch] = {
    Isolation.NAMESPACES: _in_namespaces,
    Isolation.LANDLOCK: _alone,
}
