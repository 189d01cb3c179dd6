"""Traps outside a box for canaries inside it: what they report is the tier of isolation."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

from grader.errors import SandboxError
from grader.model import Isolation, Limits
from grader.protocol import Operation, Value
from grader.sandbox.box import Box
from grader.sandbox.failures import BoxFailed

__all__ = ["CANARY_LIMITS", "escapes"]

CANARY_LIMITS = Limits(
    wall_seconds=30.0, cpu_seconds=30.0, memory_bytes=64 << 20, scratch_bytes=1 << 20
)
_SECONDS = 30.0
_ONLY_NAMESPACES = {"see a planted file"}
"""Landlock does not hide that a file exists, nor its size."""


def escapes(box: Box, tier: Isolation) -> dict[str, str]:
    """What the canaries got hold of that this tier promises to keep: canary -> prize.

    Raises:
        SandboxError: the canaries gave no answer.
        WarmParentDied
    """
    with _laid() as traps:
        try:
            answer = box.request(Operation.DESCRIBE, traps, seconds=_SECONDS)
        except BoxFailed as failure:
            words = box.output.decode("utf-8", "replace")[-600:]
            raise SandboxError(f"the sandbox failed its test: {failure} {words}") from None
    if not isinstance(answer, dict) or len(answer) < 10:
        raise SandboxError("the sandbox failed its test: its answer is incomplete")
    ignored = set() if tier is Isolation.NAMESPACES else _ONLY_NAMESPACES
    return {
        str(name): str(prize) for name, prize in answer.items() if prize and name not in ignored
    }


@contextlib.contextmanager
def _laid() -> Iterator[dict[str, Value]]:
    """Lay the traps: a file, folders, an abstract socket and a TCP port of the grader's."""
    abstract = f"grader-{secrets.token_hex(8)}"
    package = Path(__file__).parent.parent
    with (
        # a folder of our own: one that a worker needs, say for its Python, may lie beside it
        tempfile.TemporaryDirectory(prefix="grader-canary-") as folder,
        socket.socket(socket.AF_UNIX) as named,
        socket.socket(socket.AF_INET) as tcp,
    ):
        planted = Path(folder, "planted")
        planted.write_text("what no worker may read")
        os.chmod(folder, 0o755)  # so that nothing but the sandbox keeps it from being read
        planted.chmod(0o644)
        named.bind("\0" + abstract)
        named.listen(1)
        tcp.bind(("127.0.0.1", 0))
        tcp.listen(1)
        yield {
            "files": [str(planted), str(package / "catalog.py")],
            "folders": [str(package), folder],
            "abstract": abstract,
            "port": tcp.getsockname()[1],
            "pid": os.getpid(),
            "memory_bytes": CANARY_LIMITS.memory_bytes,
        }
