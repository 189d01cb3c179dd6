"""What was sent to a worker, and which reply is due: it answers in order, one request at a time."""

from __future__ import annotations

from collections import deque

from grader.protocol import Operation, Value

__all__ = ["Agenda"]


class Agenda:
    """The present request, whose replies are being read, and those sent ahead of their time.

    Attributes:
        number: of the present request, from 1; 0 before the first.
        unread: how many of its replies have not been read.
    """

    def __init__(self) -> None:
        self.number = 0
        self.unread = 0
        self._count = 0
        self._ahead: deque[tuple[Operation, dict[str, Value], int]] = deque()

    @property
    def next_number(self) -> int:
        """Of the request to be sent next."""
        return self.number + len(self._ahead) + 1

    @property
    def index(self) -> int:
        """Of the reply that is due."""
        return self._count - self.unread

    @property
    def is_last(self) -> bool:
        """Whether no other reply follows the one that is due, to this request or a later one."""
        return self.unread <= 1 and not self._ahead

    @property
    def has_ahead(self) -> bool:
        return bool(self._ahead)

    def begin(self, count: int) -> None:
        """The next request is the present one, and so many replies answer it."""
        self.number += 1
        self.unread = self._count = count

    def put_off(self, operation: Operation, arguments: dict[str, Value], count: int) -> None:
        """A request was sent that will be the present one when it is its turn."""
        self._ahead.append((operation, arguments, count))

    def begin_ahead(self, operation: Operation, arguments: dict[str, Value]) -> bool:
        """Begin the next one of those sent ahead; whether it is this one."""
        *sent, count = self._ahead.popleft()
        self.begin(count)
        return sent == [operation, arguments]

    def has_come(self, *, is_failure: bool) -> None:
        """The reply that was due; a failure ends its request."""
        self.unread = 0 if is_failure else self.unread - 1
