"""What nbclient asks in place of a kernel's sockets: queues, and the kernel in the same event loop.

The messages are those that would travel: jupyter_client's Session writes each one to bytes and
reads it back, so no object of the student's gets from one side to the other.
"""

from __future__ import annotations

import asyncio
import queue
import sys
from collections.abc import Mapping
from typing import Any

from jupyter_client.session import Session

from grader.worker.outputs import Outputs, Stream

__all__ = ["KernelClient"]

_MOST_MESSAGE_BYTES = 64 << 20  # of one cell; what it shows beyond is dropped
_MUST_ARRIVE = ("status", "execute_reply")


class _Channel:
    """A socket to whoever sends, a channel to whoever reads."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._messages: asyncio.Queue[Mapping[str, Any]] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        self._bytes = 0

    def send_multipart(self, parts: list[bytes], **options: object) -> None:
        _, frames = self._session.feed_identities(list(parts))
        message = self._session.deserialize(frames)
        self._bytes += sum(map(len, parts))
        if self._bytes <= _MOST_MESSAGE_BYTES or message["msg_type"] in _MUST_ARRIVE:
            # a student's thread may send too
            self._loop.call_soon_threadsafe(self._messages.put_nowait, message)

    async def get_msg(self, timeout: float | None = None) -> Mapping[str, Any]:
        """The next message; queue.Empty after `timeout` seconds, as nbclient expects."""
        try:
            return await asyncio.wait_for(self._messages.get(), timeout)
        except TimeoutError:
            raise queue.Empty from None


class _Printed:
    """What a cell prints, counted as in Outputs, sent as messages once something else is shown."""

    def __init__(self, most_bytes: int, client: KernelClient) -> None:
        self._limit = Outputs(most_bytes)
        self._client = client
        self._name = ""
        self._parts: list[str] = []

    def write(self, name: str, text: str) -> None:
        before = self._limit.printed
        self._limit.write(name, text)  # raises Flood; its own text is shortened, so not taken
        if before + len(text) <= self._limit.most_bytes:
            if name != self._name:
                self.flush()
                self._name = name
            self._parts.append(text)

    def flush(self) -> None:
        parts, self._parts = self._parts, []
        if parts:
            self._client.publish("stream", {"name": self._name, "text": "".join(parts)})


class _Stream(Stream):
    """sys.stdout or sys.stderr; the kernel flushes them before it shows or answers anything."""

    def __init__(self, name: str, printed: _Printed) -> None:
        super().__init__(name, printed)
        self._printed = printed

    def flush(self) -> None:
        self._printed.flush()


class KernelClient:
    """jupyter_client's interface as far as nbclient uses it to run a cell."""

    allow_stdin = False

    def __init__(self, kernel: Any, outputs: Outputs) -> None:
        self._kernel = kernel
        self.shell_channel = _Channel(kernel.session)
        self.iopub_channel = _Channel(kernel.session)
        self.error: BaseException | None = None
        self._request: Mapping[str, Any] = {}
        self._task: asyncio.Task[None] | None = None
        printed = _Printed(outputs.most_bytes, self)
        sys.stdout, sys.stderr = _Stream("stdout", printed), _Stream("stderr", printed)

    def execute(self, code: str, **options: object) -> str:
        content = {"code": code, "silent": False, "allow_stdin": False, **options}
        self._request = self._kernel.session.msg("execute_request", content)
        self._task = asyncio.ensure_future(self._answer())
        return str(self._request["header"]["msg_id"])

    def is_alive(self) -> bool:
        return True

    def publish(self, kind: str, content: Mapping[str, object]) -> None:
        self._kernel.session.send(self.iopub_channel, kind, content, self._request)

    async def _answer(self) -> None:
        kernel = self._kernel
        for owner in (kernel.shell.displayhook, kernel.shell.display_pub):
            owner.pub_socket = self.iopub_channel
        kernel.iopub_socket = self.iopub_channel
        kernel.set_parent([], self._request, channel="shell")
        self.publish("status", {"execution_state": "busy"})
        # Blanket: an alarm may ring between two lines of ipykernel's, and nbclient must hear.
        try:
            await kernel.execute_request(self.shell_channel, [], self._request)
        except BaseException as error:
            self.error = error
            content = {"status": "aborted"}
            kernel.session.send(self.shell_channel, "execute_reply", content, self._request)
        finally:
            self.publish("status", {"execution_state": "idle"})
