"""Where a worker may write: /box, or in tier landlock a folder of its own that is removed later."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile

from grader.protocol.control import Settings

__all__ = ["enter", "folder", "make", "remove"]


def folder(settings: Settings, number: int) -> str:
    """The scratch space of one worker."""
    if settings.tier == "namespaces":
        return settings.scratch
    return f"{settings.scratch}/{number}"


def make(path: str, uid: int | None) -> None:
    """Tier landlock: an empty folder that only this worker's user can enter."""
    os.mkdir(path, 0o700)
    if uid is not None:
        os.chown(path, uid, uid)


def enter(path: str) -> None:
    """Make it home, the place for temporary files, and the current folder."""
    os.environ.update(HOME=path, TMPDIR=path)
    tempfile.tempdir = None  # or the warm parent's stays
    os.makedirs(f"{path}/work", exist_ok=True)
    os.chdir(f"{path}/work")


def remove(path: str) -> None:
    """Remove what a worker left, however it tried to make that hard."""
    try:
        shutil.rmtree(path)
    except FileNotFoundError:
        return
    except (OSError, RecursionError):  # folders without permissions, or nested thousands deep
        subprocess.run(["chmod", "-R", "u+rwX", path], capture_output=True, check=False)
        subprocess.run(["rm", "-rf", path], capture_output=True, check=False)
