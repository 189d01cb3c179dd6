"""What a late submission costs, by the rule of its assignment and the clock of the course.

A day late is a day on the calendar of the course's time zone: what is due at 23:59 is one day late
until 23:59 of the next day, also when the clocks change between.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from fractions import Fraction

from grader.config import AssignmentFile, ExtensionSettings
from grader.model import Show

__all__ = ["Deadline", "Lateness"]

MAX_DAYS = 3650


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """`share` of the points is kept; `days` late, counted from 1."""

    days: int = 0
    share: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When an assignment is due for one student, and what follows."""

    settings: AssignmentFile
    extension: ExtensionSettings | None = None

    @property
    def due(self) -> datetime.datetime | None:
        """With a time zone; None: never."""
        extended = self.extension.due if self.extension is not None else None
        return extended or self.settings.due

    def lateness(self, handed_in: datetime.datetime | None) -> Lateness:
        """Of a submission; one whose time is not known is on time."""
        rule = self.settings.late
        if handed_in is None or self.due is None or rule.rule == "none":
            return Lateness()
        grace = datetime.timedelta(minutes=rule.grace_minutes)
        if handed_in - grace <= self.due:  # a due date may be the last there is
            return Lateness()
        days = self._days(handed_in)
        if rule.rule == "cut-off":
            return Lateness(days=days, share=Fraction(0))
        counted = max(0, days - rule.free_days)
        return Lateness(days=days, share=max(Fraction(0), 1 - rule.share_per_day * counted))

    def has_passed(self, moment: datetime.datetime) -> bool:
        """Whether the assignment is due at `moment`; one that is never due counts as not yet."""
        return self.due is not None and moment > self.due

    def show(self, moment: datetime.datetime) -> Show:
        """The most that the student may see at `moment`."""
        return self.settings.shown(moment, self.due)

    def _days(self, handed_in: datetime.datetime) -> int:
        due = self.due
        assert due is not None
        local = handed_in.astimezone(due.tzinfo).replace(tzinfo=None)
        late = local - due.replace(tzinfo=None)
        return min(MAX_DAYS, max(1, -(-late // datetime.timedelta(days=1))))
