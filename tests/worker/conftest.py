"""A worker in a process of its own, without the sandbox: its loop over a socket pair."""

from __future__ import annotations

import os
import signal
import socket
import time
import warnings

import pytest

from grader.observe import from_wire, to_wire
from grader.protocol import TRUSTED, Bounds, Channel, Observation, Operation, Raised, Reply, Request
from grader.worker.serve import serve


class Worker:
    """Asks a worker as the grader would, and turns what comes back into live values."""

    def __init__(self, work) -> None:
        ours, theirs = socket.socketpair()
        self.process = os.fork()
        if self.process == 0:
            ours.close()
            socket.getaddrinfo = _no_network
            warnings.resetwarnings()  # pytest's filters are not the student's
            os.makedirs(work)
            os.chdir(work)
            try:
                serve(Channel(theirs, TRUSTED), work)
            finally:
                os._exit(0)
        theirs.close()
        self.channel = Channel(ours, Bounds())
        self.number = 0

    def close(self) -> None:
        self.channel.close()
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)

    def ask(self, operation: Operation, **arguments) -> list:
        self.number += 1
        request = Request(number=self.number, operation=operation, arguments=arguments)
        self.channel.send(request.to_value())
        values = []
        while True:
            reply = Reply.from_value(self.channel.receive(time.monotonic() + 60))
            assert (reply.number, reply.index) == (self.number, len(values))
            values.append(reply.value)
            if reply.last:
                return values

    def parse(self, files, *functions, **arguments):
        [reply] = self.ask(
            Operation.PARSE, files=_as_bytes(files), functions=list(functions), **arguments
        )
        return reply

    def load(self, files, *functions, **arguments):
        [reply] = self.ask(
            Operation.LOAD, files=_as_bytes(files), functions=list(functions), **arguments
        )
        assert isinstance(reply, dict), reply
        return reply

    def observe(self, function, *args, reset=False, gradient=False, seed=0, **kwargs):
        case = [[to_wire(a) for a in args], {k: to_wire(v) for k, v in kwargs.items()}]
        [value] = self.ask(
            Operation.CALL,
            function=function,
            cases=[case],
            seed=seed,
            gradient=gradient,
            reset=reset,
        )
        assert not isinstance(value, Raised), value
        return Observation.from_value(value)

    def call(self, function, *args, **kwargs):
        """The value returned, or the Raised."""
        return from_wire(self.observe(function, *args, **kwargs).result, lambda handle: handle)


def _no_network(*args, **kwargs):
    raise socket.gaierror(-3, "Temporary failure in name resolution")


def _as_bytes(files) -> dict:
    if isinstance(files, (str, bytes)):
        files = {"hand_in.py": files}
    return {p: text.encode() if isinstance(text, str) else text for p, text in files.items()}


@pytest.fixture
def start_worker(tmp_path):
    """Starts workers; all are ended after the test."""
    workers = []

    def start():
        workers.append(Worker(tmp_path / f"box{len(workers)}" / "work"))
        return workers[-1]

    yield start
    for worker in workers:
        worker.close()


@pytest.fixture
def worker(start_worker):
    """One worker with nothing loaded."""
    return start_worker()
