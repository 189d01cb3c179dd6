"""What goes to a shard and what comes back, as bytes: plain values, packed with msgpack."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Any

import msgpack

from grader.gradebook.rows import ResultRow
from grader.model import PastAttempt, Show, Submission

__all__ = ["Answer", "Task"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One attempt to grade, or to show again.

    `keys` are those of the result to come, by slug. `source` is a file of full results: of an
    identical submission, or of this one graded before; `spared` are the slugs to take from it.
    With all spared nothing runs. `replies` lies beside it. A result below `floor` (points as "p/q")
    is kept back: the page stays as it is. So is one below `word`, the points that a person gave,
    unless it has the `outcome` that the person judged: then their word stands.
    """

    number: int
    student: str
    unit: str
    sha256: str
    files: dict[str, bytes]
    keys: dict[str, str]
    feedback_key: str
    show: str
    time_factor: float = 1.0
    history: tuple[PastAttempt, ...] = ()
    remarks: tuple[str, ...] = ()
    source: str = ""
    replies: str = ""
    spared: tuple[str, ...] = ()
    is_rediagnosed: bool = False
    is_shown: bool = True
    is_dry: bool = False
    floor: str = ""
    word: str = ""
    outcome: str = ""

    def submission(self) -> Submission:
        """The files under the student's name, told apart from others of this chunk."""
        files = {PurePosixPath(name): data for name, data in self.files.items()}
        return Submission(name=self.student, files=files)

    @property
    def most_shown(self) -> Show:
        return Show(self.show)

    def keeps_back(self, row: ResultRow) -> bool:
        """Whether a result must not count unasked, since the mark would be lower by it."""
        points = Fraction(*row.points)
        if row.is_void:
            return False
        if self.floor and points < Fraction(self.floor):
            return True
        return bool(self.word) and row.outcome != self.outcome and points < Fraction(self.word)

    def pack(self) -> bytes:
        values = {name: getattr(self, name) for name in self.__slots__}
        values["history"] = [
            {**asdict(past), "points": str(past.points), "max_points": str(past.max_points)}
            for past in self.history
        ]
        packed: bytes = msgpack.packb(values, unicode_errors="surrogatepass")
        return packed

    @classmethod
    def unpack(cls, data: bytes) -> Task:
        values: dict[str, Any] = msgpack.unpackb(data, unicode_errors="surrogatepass")
        values["history"] = tuple(
            PastAttempt(
                number=past["number"],
                points=Fraction(past["points"]),
                max_points=Fraction(past["max_points"]),
                failing=tuple(past["failing"]),
                handed_in=past["handed_in"],
            )
            for past in values["history"]
        )
        for name in ("remarks", "spared"):
            values[name] = tuple(values[name])
        return cls(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a task: rows for the gradebook, or a sentence on why there are none."""

    number: int
    row: ResultRow | None = None
    failure: str = ""

    def pack(self) -> bytes:
        row = self.row.to_plain() if self.row is not None else None
        packed: bytes = msgpack.packb((self.number, row, self.failure))
        return packed

    @classmethod
    def unpack(cls, data: bytes) -> Answer:
        number, row, failure = msgpack.unpackb(data)
        return cls(
            number=number,
            row=ResultRow.from_plain(row) if row is not None else None,
            failure=failure,
        )
