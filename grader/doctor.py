"""What this machine can do, found out by doing it; prints nothing.

Versions only word the findings: the tier of isolation is what attacks from inside a box prove.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from grader.errors import SandboxError
from grader.model import Isolation
from grader.sandbox import Groups, Sandbox

__all__ = ["Finding", "examine"]

_OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at. `remedy` says what to do if it is not `ok`."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


def examine() -> list[Finding]:
    """All findings, cheapest first. Starts a sandbox, which takes a second or two."""
    checks: tuple[Callable[[], Finding], ...] = (
        _system,
        _python,
        _torch,
        _bubblewrap,
        _system_call_filter,
    )
    return [*(check() for check in checks), *_sandbox(), _several_processes()]


def _system() -> Finding:
    user = "root" if os.geteuid() == 0 else "an ordinary user"
    return Finding(
        name="system",
        ok=platform.system() == "Linux",
        detail=f"{platform.system()} {platform.release()}, {platform.machine()}, as {user}",
        remedy="grading needs Linux: on macOS and Windows, a Linux container or WSL2",
    )


def _python() -> Finding:
    wanted = ".".join(map(str, _OLDEST_PYTHON))
    return Finding(
        name="Python",
        ok=sys.version_info >= _OLDEST_PYTHON,
        detail=f"{platform.python_version()} in {sys.prefix}",
        remedy=f"install Python {wanted} or newer",
    )


def _torch() -> Finding:
    try:
        version = importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        return Finding(
            name="torch",
            ok=False,
            detail="not installed",
            remedy="install it with `pip install torch`",
        )
    return Finding(name="torch", ok=True, detail=version)


def _bubblewrap() -> Finding:
    program = shutil.which("bwrap")
    if program is None:
        return Finding(
            name="bubblewrap",
            ok=False,
            detail="not installed",
            remedy="install it with `apt-get install bubblewrap`",
        )
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return Finding(name="bubblewrap", ok=True, detail=f"{said.stdout.strip()}, {program}")


def _system_call_filter() -> Finding:
    try:
        import pyseccomp  # noqa: PLC0415  # its import looks for libseccomp and fails without
    except (ImportError, RuntimeError) as error:
        return Finding(
            name="system call filter",
            ok=False,
            detail=str(error),
            remedy="install libseccomp with `apt-get install libseccomp2` and pyseccomp with "
            "`pip install 'cnn-grader[instructor]'`",
        )
    version = importlib.metadata.version("pyseccomp")
    return Finding(
        name="system call filter", ok=True, detail=f"pyseccomp {version}, API {pyseccomp.get_api()}"
    )


def _sandbox() -> Iterator[Finding]:
    """The strongest tier that stands its test; hidden tests ask for the first one."""
    for tier in (Isolation.NAMESPACES, Isolation.LANDLOCK):
        try:
            with Sandbox(required=tier) as sandbox:
                proven = sandbox.isolation
        except SandboxError as error:
            yield Finding(name=f"sandbox, tier {tier}", ok=False, detail="", remedy=str(error))
            continue
        yield Finding(
            name=f"sandbox, tier {proven}",
            ok=True,
            detail="proven by attacks from inside a box, all of which failed",
        )
        return


def _several_processes() -> Finding:
    """Only exercises that set `limits.processes` need it, so its absence is no fault."""
    groups = Groups()
    if groups.are_there:
        detail = f"a box's processes are bounded together, in {groups.place}"
    else:
        detail = f"a box's processes are bounded one by one: {groups.reason}"
    groups.close()
    return Finding(name="control groups", ok=True, detail=detail)
