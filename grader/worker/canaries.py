"""Small attacks that a worker runs on its own cage: the tier of isolation is what they prove.

They run after the lock-down, in the place of student code. Each returns "" where the attack was
refused, or what it reached; one that cannot even look reports that, and proves nothing.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import socket
from collections.abc import Callable, Mapping
from pathlib import Path

from grader.protocol import Channel, Reply, Request, Value

__all__ = ["CANARIES", "serve"]

_NEWUSER = 0x10000000
_EXPECTED_DESCRIPTORS = {0, 1, 2, 3}


def serve(channel: Channel) -> None:
    """Answer one request: its arguments are the traps, the reply maps canary to outcome."""
    request = Request.from_value(channel.receive())
    outcomes: Value = {name: _outcome(name, request.arguments) for name in CANARIES}
    channel.send(Reply(number=request.number, index=0, value=outcomes).to_value())


def _outcome(name: str, traps: Mapping[str, Value]) -> str:
    try:
        return CANARIES[name](traps)
    except (OSError, MemoryError) as error:
        return f"could not look: {error}" if name in INSPECTIONS else ""


def _open_planted_file(traps: Mapping[str, Value]) -> str:
    return _first(traps, "files", lambda path: os.close(os.open(path, os.O_RDONLY)))


def _see_planted_file(traps: Mapping[str, Value]) -> str:
    return _first(traps, "files", os.stat)


def _list_folder(traps: Mapping[str, Value]) -> str:
    return _first(traps, "folders", _list)


def _list(folder: str) -> None:
    if not os.listdir(folder):
        raise FileNotFoundError(folder)  # an empty one in its place tells nothing


def _first(traps: Mapping[str, Value], kind: str, attempt: Callable[[str], object]) -> str:
    """The first of the planted paths that the attempt succeeds on."""
    paths = traps[kind]
    assert isinstance(paths, list)
    for path in paths:
        try:
            attempt(str(path))
        except OSError:
            continue
        return str(path)
    return ""


def _write_site_packages(traps: Mapping[str, Value]) -> str:
    path = Path(str(ctypes.__file__))
    os.close(os.open(path, os.O_WRONLY))
    return str(path)


def _connect_abstract_socket(traps: Mapping[str, Value]) -> str:
    with socket.socket(socket.AF_UNIX) as client:
        client.connect("\0" + str(traps["abstract"]))
    return "connected"


def _connect_tcp(traps: Mapping[str, Value]) -> str:
    port = traps["port"]
    assert isinstance(port, int)
    with socket.socket(socket.AF_INET) as client:
        client.settimeout(1)
        client.connect(("127.0.0.1", port))
    return "connected"


def _fork(traps: Mapping[str, Value]) -> str:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return "forked"


def _allocate_over_budget(traps: Mapping[str, Value]) -> str:
    budget = traps["memory_bytes"]
    assert isinstance(budget, int)
    # not by malloc, which has room of the warm parent's to fill before it asks for more
    private = mmap.mmap(-1, budget + (1 << 20), mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    return f"{len(private)} bytes"


def _unshare(traps: Mapping[str, Value]) -> str:
    libc = ctypes.CDLL(None)
    return "a user namespace" if libc.unshare(_NEWUSER) == 0 else ""


def _signal_everybody(traps: Mapping[str, Value]) -> str:
    if os.getpgid(0) != os.getpid():
        return "it shares a process group"  # kill(0) crosses pid namespaces
    os.kill(-1, 0)
    return "other processes"


def _signal_the_grader(traps: Mapping[str, Value]) -> str:
    grader = traps["pid"]
    assert isinstance(grader, int)
    if grader != os.getpid():
        os.kill(grader, 0)
        return "the grader"
    return ""


def _see_processes(traps: Mapping[str, Value]) -> str:
    others = {int(name) for name in os.listdir("/proc") if name.isdigit()} - {os.getpid()}
    return f"processes {sorted(others)}" if others else ""


def _inherit_descriptors(traps: Mapping[str, Value]) -> str:
    scan = os.open("/proc/self/fd", os.O_RDONLY | os.O_DIRECTORY)
    try:
        extra = {int(name) for name in os.listdir(scan)} - _EXPECTED_DESCRIPTORS - {scan}
    finally:
        os.close(scan)
    open_ones = sorted(number for number in extra if _is_open(number))
    return f"descriptors {open_ones}" if open_ones else ""


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _keep_privileges(traps: Mapping[str, Value]) -> str:
    status = dict(
        line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines()
    )
    wanted = {"CapEff": 0, "CapPrm": 0, "CapAmb": 0, "NoNewPrivs": 1, "Seccomp": 2}
    kept = [name for name, value in wanted.items() if int(status[name], 16) != value]
    return ", ".join(kept)


CANARIES: Mapping[str, Callable[[Mapping[str, Value]], str]] = {
    "open a planted file": _open_planted_file,
    "see a planted file": _see_planted_file,
    "list the grader's folders": _list_folder,
    "write to Python's library": _write_site_packages,
    "connect to an abstract socket": _connect_abstract_socket,
    "connect over TCP": _connect_tcp,
    "fork": _fork,
    "allocate over the budget": _allocate_over_budget,
    "make a namespace": _unshare,
    "signal every process": _signal_everybody,
    "signal the grader": _signal_the_grader,
    "see other processes": _see_processes,
    "inherit a descriptor": _inherit_descriptors,
    "keep a privilege": _keep_privileges,
}
INSPECTIONS = {"inherit a descriptor", "keep a privilege"}
"""These look at the worker itself, where a refusal says nothing."""
