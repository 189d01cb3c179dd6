"""The ground on which attacks are run: a course with drawn secrets, two neighbours, and prizes.

    FOLDER/course/…            the tiny course of attacks/course, with this run's tokens in it
    FOLDER/inbox/ada.py, ben.py        the neighbours' submissions
    FOLDER/inbox/<attack>/…    what `build` attacks made
    FOLDER/prize.txt, home/…   files of the host
    FOLDER/lure                a Unix socket
    /dev/shm/<mark>            shared memory of the host

All of it is readable by everybody: only the sandbox keeps it from a worker.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path, PurePosixPath

from grader.catalog import Course, load_course
from grader.loader import load_submission
from grader.model import Submission
from grader.redteam.attack import ROOT
from grader.redteam.secrets import Tokens, draw_tokens

__all__ = ["BEN_POINTS", "Ground", "laid"]

BEN_POINTS = Fraction(3)
_PRIZES = ("prize.txt", "home/.ssh/id_rsa", "home/.cache/MNIST/raw/t10k-labels-idx1-ubyte")
_BEN = """def double(x):
    return x + x


def relu(x):
    return x
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where a run takes place. `mark` is in the name of every file that an attack may leave."""

    folder: Path
    course: Course
    tokens: Tokens
    mark: str
    targets: str

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    @property
    def shared_files(self) -> dict[PurePosixPath, bytes]:
        """What is handed in beside every attack."""
        loot = (ROOT / "loot.py").read_bytes()
        return {
            PurePosixPath("loot.py"): loot,
            PurePosixPath("targets.py"): self.targets.encode(),
        }

    def neighbour(self, name: str) -> Submission:
        """ada or ben, as loaded from disk."""
        return load_submission(self.inbox / f"{name}.py")


@contextlib.contextmanager
def laid() -> Iterator[Ground]:
    """Prepare everything; nothing is left of it afterwards."""
    tokens = draw_tokens()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="grader-redteam-")))
        folder.chmod(0o755)
        mark = folder.name
        course = _lay_course(folder, tokens)
        _lay_neighbours(folder, tokens)
        for name in _PRIZES:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(tokens["file"])
        shared = Path("/dev/shm", mark)
        shared.write_text(tokens["shm"])
        stack.callback(shared.unlink, missing_ok=True)
        descriptor = stack.enter_context(_open_descriptor(folder, tokens["fd"]))
        stack.enter_context(_in_environment(tokens["env"]))
        tcp, udp = stack.enter_context(_lure(folder, mark, tokens["net"]))
        targets = {
            "COURSE": str(course.root),
            "FOLDER": str(folder),
            "FILE": str(folder / "prize.txt"),
            "ADA": str(folder / "inbox/ada.py"),
            "UNIX": str(folder / "lure"),
            "ABSTRACT": mark,
            "TCP": tcp,
            "UDP": udp,
            "SHM": str(shared),
            "GRADER": os.getpid(),
            "DESCRIPTOR": descriptor,
            "MARK": mark,
        }
        lines = "".join(f"{name} = {value!r}\n" for name, value in targets.items())
        yield Ground(folder=folder, course=course, tokens=tokens, mark=mark, targets=lines)


def _lay_course(folder: Path, tokens: Tokens) -> Course:
    root = folder / "course"
    shutil.copytree(ROOT / "course", root)
    for path in root.rglob("*.py"):
        path.write_text(tokens.in_place(path.read_text(encoding="utf-8")), encoding="utf-8")
    return load_course(root)


def _lay_neighbours(folder: Path, tokens: Tokens) -> None:
    inbox = folder / "inbox"
    inbox.mkdir()
    solutions = ROOT / "course/solutions"
    parts = [(solutions / slug / "reference.py").read_text() for slug in ("vault", "gate")]
    ada = tokens.in_place("# @ada@\n" + "\n".join(parts))
    (inbox / "ada.py").write_text(ada, encoding="utf-8")
    (inbox / "ben.py").write_text(_BEN, encoding="utf-8")


@contextlib.contextmanager
def _open_descriptor(folder: Path, token: str) -> Iterator[int]:
    """An open file that a careless start of a process would pass on; its name is gone."""
    path = folder / "open"
    path.write_text(token)
    with path.open("rb") as file:
        path.unlink()
        os.set_inheritable(file.fileno(), True)
        yield file.fileno()


@contextlib.contextmanager
def _in_environment(token: str) -> Iterator[None]:
    os.environ["GRADER_REDTEAM_SECRET"] = token
    try:
        yield
    finally:
        del os.environ["GRADER_REDTEAM_SECRET"]


@contextlib.contextmanager
def _lure(folder: Path, abstract: str, secret: str) -> Iterator[tuple[int, int]]:
    program = Path(__file__).with_name("lure.py")
    command = [sys.executable, "-I", str(program), str(folder / "lure"), abstract, secret]
    # the secret stands in its command line too: other processes' are not to be seen either
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        tcp, udp = (int(word) for word in process.stdout.readline().split())
        (folder / "lure").chmod(0o777)
        try:
            yield tcp, udp
        finally:
            process.kill()
