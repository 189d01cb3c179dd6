"""A wall-clock limit inside the worker: fairness for slow files, not a defence.

The trusted side ends a worker that overruns, whatever it does. This alarm comes earlier, so that a
file whose import takes too long can still be graded by its definitions.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

__all__ = ["OutOfTime", "limited"]

_AGAIN_SECONDS = 0.2  # code that swallows the first alarm meets the next one


class OutOfTime(BaseException):
    """Not an Exception, so that a student's `except Exception` does not swallow it."""


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the body after `seconds`; in another thread than the main one, or on a
    system without timers (Windows), never."""
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or not hasattr(signal, "setitimer"):
        yield
        return
    is_armed = True

    def ring(number: int, frame: FrameType | None) -> None:
        if is_armed:
            raise OutOfTime(f"it took longer than {seconds:.3g} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001), _AGAIN_SECONDS)
    try:
        yield
    finally:
        is_armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before if before is not None else signal.SIG_DFL)
