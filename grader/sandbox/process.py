"""Tier process: a fresh Python for a student's own code on their own machine, on any system.

No fork, socketpair, poll or pidfd: the same frames run over two pipes, and threads wait for them.
Nothing is confined, so hidden tests never run here. A process can be started before anybody knows
what for, since the import of torch is most of its cost.
"""

from __future__ import annotations

import contextlib
import math
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, cast

from grader.errors import FrameError, SandboxError
from grader.model import Isolation, Limits
from grader.protocol import Bounds, Channel, DeadlinePassed, Frame, PeerGone, Value
from grader.protocol.pipes import Pipes
from grader.sandbox import failures, remedies
from grader.sandbox.agenda import Agenda
from grader.sandbox.box import Box
from grader.sandbox.failures import BoxFailed
from grader.sandbox.sandbox import Sandbox

__all__ = ["ProcessBox", "ProcessSandbox"]

_START = (  # as if grader/__init__.py were empty
    "import sys, types; package = types.ModuleType('grader'); "
    "package.__path__ = [sys.argv[1]]; sys.modules['grader'] = package; "
    "from grader.worker.over_pipes import main; main()"
)
_ENVIRONMENT: Mapping[str, str] = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "Agg",
    "PYTHONDONTWRITEBYTECODE": "1",
}
_KEPT_OUTPUT_BYTES = 64 << 10
_START_SECONDS = 120.0
_END_SECONDS = 2.0


class ProcessSandbox(Sandbox):
    """Makes boxes of tier process; a context manager.

    Args:
        ahead: keep one process started, for whoever checks again and again.
    """

    def __init__(self, *, ahead: bool = False) -> None:
        super().__init__(required=Isolation.PROCESS)
        self._ahead = ahead
        self._spare: _Worker | None = None

    @property
    def isolation(self) -> Isolation:
        return Isolation.PROCESS

    def start(self) -> None:
        """Start the next process; returns at once, so that the caller can import meanwhile."""
        if self._spare is None:
            self._spare = _Worker()

    def spawn(self, limits: Limits, profile: str = "functions") -> Box:
        """A fresh process that has imported torch.

        Raises:
            SandboxError: it does not start.
        """
        self.start()
        worker, self._spare = self._spare, None
        assert worker is not None
        box = ProcessBox(worker, limits)
        try:
            box.hand_over()
        except SandboxError:
            box.close()
            raise
        if self._ahead:
            self.start()
        return box

    def close(self) -> None:
        if self._spare is not None:
            self._spare.end()
            self._spare = None


class ProcessBox(Box):
    """A worker process, asked like any other box. Its CPU time is not measured."""

    def __init__(self, worker: _Worker, limits: Limits) -> None:
        self.limits = limits
        self._worker = worker
        worker.most_printed = limits.output_bytes
        self._channel = worker.mail
        self._agenda = Agenda()
        self._failure: BoxFailed | None = None
        self._is_closed = False
        self._between = None

    def hand_over(self) -> None:
        """Tell the process its limits and wait until it has imported what it needs.

        Raises:
            SandboxError
        """
        settings: dict[Value, Value] = {
            "work": str(self._worker.folder),
            "memory_bytes": self.limits.memory_bytes,
            "cpu_seconds": math.ceil(self.limits.cpu_seconds),
        }
        try:
            self._channel.send(settings)
            self._channel.receive(time.monotonic() + _START_SECONDS)
        except DeadlinePassed:
            raise SandboxError(
                f"Python with torch did not start within {_START_SECONDS:.0f} seconds"
            ) from None
        except FrameError:
            self._worker.end()
            raise SandboxError(remedies.for_start(self.output.decode("utf-8", "replace"))) from None

    @property
    def is_over(self) -> bool:
        return self._worker.process.poll() is not None

    @property
    def output(self) -> bytes:
        return bytes(self._worker.kept)

    @property
    def cpu_seconds(self) -> float:
        return 0.0

    def close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            self._stop()

    def _stop(self) -> None:
        self._worker.end()

    def _cpu_left(self) -> float:
        return math.inf

    def _drain(self) -> None:
        if self._worker.printed > self.limits.output_bytes:
            raise failures.too_much_output(self.limits)

    def _obituary(self) -> BoxFailed:
        try:
            code = self._worker.process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            return failures.ended(None, self.limits, b"")
        self._worker.await_output()
        try:
            self._drain()
        except BoxFailed as failure:
            return failure
        return failures.exited(code, 0.0, self.limits, self.output)


class _Worker:
    """One process, its two pipes of frames, and what it prints."""

    def __init__(self) -> None:
        self.kept = bytearray()
        self.printed = 0
        self.most_printed = sys.maxsize
        self.folder = Path(tempfile.mkdtemp(prefix="grader-check-")).resolve()
        package = str(Path(__file__).resolve().parent.parent)
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-u", "-c", _START, package],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            env={**os.environ, **_ENVIRONMENT},
            bufsize=0,
            # Ctrl-C in a terminal is for the grader, which then ends the worker
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.mail = _Mail(
            cast("BinaryIO", self.process.stdout), cast("BinaryIO", self.process.stdin)
        )
        self._listener = _thread(self._listen)

    def end(self) -> None:
        """Kill it and what it started, free what is held. May be called again."""
        if hasattr(os, "killpg") and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(_END_SECONDS)
        self.mail.close()
        self.await_output()
        if self.process.stderr is not None:
            self.process.stderr.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def await_output(self) -> None:
        """Wait until all that it has printed was read."""
        self._listener.join(_END_SECONDS)

    def _listen(self) -> None:
        assert self.process.stderr is not None
        with contextlib.suppress(OSError, ValueError):  # closed under us: it was killed
            while part := self.process.stderr.read(1 << 16):
                self.printed += len(part)
                self.kept += part[: max(0, _KEPT_OUTPUT_BYTES - len(self.kept))]
                if self.printed > self.most_printed:
                    self.process.kill()


class _Mail(Channel):
    """Frames sent and received by two threads, so that no pipe can keep the grader waiting."""

    def __init__(self, reading: BinaryIO, writing: BinaryIO) -> None:
        self._incoming: queue.SimpleQueue[Frame | FrameError] = queue.SimpleQueue()
        self._outgoing: queue.SimpleQueue[Value | FrameError] = queue.SimpleQueue()
        self._bounds = Bounds()
        self._lines = Pipes(reading, writing, self._bounds)
        self._over: FrameError | None = None
        self._threads = [_thread(self._receive_all), _thread(self._send_all)]

    def send(self, value: Value, deadline: float | None = None) -> None:
        self._outgoing.put(value)

    def receive_frame(self, deadline: float | None = None) -> Frame:
        if self._over is not None:
            raise self._over
        left = None if deadline is None else max(0.0, deadline - time.monotonic())
        try:
            frame = self._incoming.get(timeout=left)
        except queue.Empty:
            raise DeadlinePassed("the deadline passed") from None
        if isinstance(frame, FrameError):
            self._over = frame
            raise frame
        return frame

    def take(self, frame: Frame) -> bool:
        return False  # which is next, the other thread knows

    def close(self) -> None:
        """To be called when the process has ended, which ends both threads."""
        self._outgoing.put(PeerGone("closed"))
        for thread in self._threads:
            thread.join(_END_SECONDS)
        self._lines.close()

    def _receive_all(self) -> None:
        try:
            while True:
                self._incoming.put(self._lines.receive_frame())
        except FrameError as error:
            self._incoming.put(error)

    def _send_all(self) -> None:
        with contextlib.suppress(PeerGone):  # whoever waits for the answer is told
            while not isinstance(value := self._outgoing.get(), FrameError):
                self._lines.send(value)


def _thread(target: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=target, daemon=True)
    thread.start()
    return thread
