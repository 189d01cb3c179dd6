"""A worker in tier process: a fresh Python that speaks the frames over its stdin and stdout.

It runs a student's own code on the student's own machine. The limits here are for fairness and
against accidents, where the system has them; nothing is confined.
"""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import sys
from pathlib import PurePath
from typing import BinaryIO, cast

from grader.protocol import TRUSTED, PeerGone
from grader.protocol.pipes import Pipes

__all__ = ["main"]


def main() -> None:
    """Import torch, take the settings, then answer requests until the other side is gone.

    The first frame is {"work": folder, "memory_bytes": n, "cpu_seconds": n}; the answer is True.
    """
    channel = Pipes(*_take_over_streams(), TRUSTED)
    folder = PurePath(os.getcwd())
    with contextlib.suppress(PeerGone):  # the grader ended before it asked for anything
        _serve(channel)
    sys.stderr.flush()
    if folder.name.startswith("grader-check-"):  # the grader does this too, unless it was killed
        os.chdir(folder.parent)
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)  # finalising torch takes longer than all the rest


def _serve(channel: Pipes) -> None:
    gc.disable()  # importing torch makes no garbage, and looking for it takes a tenth of the import
    from grader.worker import preload, serve

    preload.warm_up(())
    gc.freeze()
    gc.enable()
    settings = channel.receive()
    assert isinstance(settings, dict)
    work = PurePath(cast("str", settings["work"]))
    os.chdir(work)
    _limit(cast("int", settings["memory_bytes"]), cast("int", settings["cpu_seconds"]))
    channel.send(True)
    serve.serve(channel, work)


def _take_over_streams() -> tuple[BinaryIO, BinaryIO]:
    """The frames' two pipes; whatever prints goes to stderr, whatever reads finds the end."""
    reading, writing = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (reading, writing):
            msvcrt.setmode(descriptor, os.O_BINARY)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return open(reading, "rb", buffering=0), open(writing, "wb", buffering=0)


def _limit(memory_bytes: int, cpu_seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the wall clock alone limits
        return
    wanted = {"RLIMIT_CPU": cpu_seconds, "RLIMIT_CORE": 0}
    if sys.platform == "linux":  # elsewhere RLIMIT_DATA counts what is merely mapped, or nothing
        wanted["RLIMIT_DATA"] = _data_bytes() + memory_bytes
    for name, most in wanted.items():
        which = getattr(resource, name)
        hard = resource.getrlimit(which)[1]
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(which, (most, hard))


def _data_bytes() -> int:
    """What counts towards RLIMIT_DATA already: torch's libraries."""
    import resource

    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[5]) * resource.getpagesize()
