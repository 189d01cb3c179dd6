"""Whose a hand-in is: people of the roster, or as named; groups; and the order of attempts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from grader.batch import reading
from grader.batch.layouts import Claim, HandIn
from grader.compare import clean
from grader.config import AssignmentFile, ExtensionSettings
from grader.errors import SubmissionError, UsageError
from grader.gradebook.attempts import unit_names
from grader.gradebook.people import Person, Roster, enrol, group_unit

__all__ = ["Found", "Owned", "assign"]

MAX_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """A hand-in with its owner. `student` names the page; `people` are pseudonyms.

    `by` is the id of the one who handed it in. `place` counts the unit's hand-ins of this run from
    0, oldest first; it stays 0 where nobody knows their order, and is None for the only one.
    """

    hand_in: HandIn
    unit: str
    student: str
    people: tuple[str, ...]
    extension: ExtensionSettings | None = None
    by: str = ""
    place: int | None = None
    is_newest: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is to be graded, what was in the way, and the ids of all who handed something in."""

    owned: tuple[Owned, ...]
    remarks: tuple[str, ...] = ()
    students: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claimed:
    hand_in: HandIn
    persons: tuple[Person, ...]
    group: str
    by: str


def assign(
    connection: Connection,
    assignment: str,
    settings: AssignmentFile,
    hand_ins: Iterable[HandIn],
    roster: Roster,
    times: str = "layout",
) -> Found:
    """Everybody's hand-ins in the order of attempts, and what cannot be told apart.

    Whoever is not in the roster is graded under the id found; with a roster that is a remark. Each
    hand-in of a group's members is an attempt of the group.

    Args:
        connection, assignment, settings: where people are enrolled, and for what.
        hand_ins, roster: what was found, and who there is.
        times: "layout", or "files" to take a hand-in's time from its files.
    """
    remarks: list[str] = []
    hand_ins = map(_readable, hand_ins)
    claimed = [_claimed(one, roster, settings, remarks) for one in hand_ins]
    pseudonyms = enrol(connection, {p.student: p for c in claimed for p in c.persons}.values())
    units: dict[str, list[Owned]] = {}
    for one in claimed:
        people = tuple(pseudonyms[person.student] for person in one.persons)
        unit = group_unit(connection, assignment, one.group) if one.group else people[0]
        owned = Owned(
            hand_in=one.hand_in,
            unit=unit,
            student=one.group or one.persons[0].student,
            people=people,
            extension=settings.extension_of(person.student for person in one.persons),
            by=one.by,
        )
        units.setdefault(unit, []).append(owned)
    ordered = []
    for several in _apart(units, unit_names(connection, assignment), remarks):
        ordered += _in_order(several, settings, times, remarks)
    students = frozenset(person.student for one in claimed for person in one.persons)
    return Found(owned=tuple(ordered), remarks=tuple(remarks), students=students)


def _apart(
    units: Mapping[str, list[Owned]], known: Mapping[str, str], remarks: list[str]
) -> Iterator[list[Owned]]:
    """The hand-ins of each unit; those whose page another unit's would overwrite are named."""
    names = dict(known) | {unit: several[0].student for unit, several in units.items()}
    shared = Counter(names.values())
    for several in units.values():
        name = several[0].student
        if shared[name] == 1:
            yield several
            continue
        places = " and ".join(f"`{one.hand_in.place}`" for one in several)
        remarks.append(
            f"{places}: a person and a group are called `{name}`, and would have one page; not "
            "graded. Rename the group in the roster, or erase the person with `grader gradebook "
            "erase-person` if there is no such person"
        )


def _readable(hand_in: HandIn) -> HandIn:
    """With names that can be stored and printed: file systems allow any bytes in them."""

    def text(name: str) -> str:
        return clean(name, MAX_NAME).replace("\n", " ")

    def of(claim: Claim) -> Claim:
        words = tuple(map(text, claim.words))
        return replace(claim, words=words, name=text(claim.name), email=text(claim.email))

    claims = tuple(map(of, hand_in.claims))
    return replace(hand_in, place=text(hand_in.place), claims=claims)


def _claimed(
    hand_in: HandIn, roster: Roster, settings: AssignmentFile, remarks: list[str]
) -> _Claimed:
    group = _named_group(hand_in, roster) if settings.groups else ""
    if group:
        return _Claimed(hand_in=hand_in, persons=roster.group(group), group=group, by="")
    persons = tuple(_person(claim, roster, hand_in, remarks) for claim in hand_in.claims)
    by = persons[0].student
    group = roster.group_called(persons[0].group) if settings.groups else ""
    if group:
        members = {p.student: p for p in (*persons, *roster.group(group))}
        return _Claimed(hand_in=hand_in, persons=tuple(members.values()), group=group, by=by)
    name = "+".join(sorted(p.student for p in persons)) if len(persons) > 1 else ""
    return _Claimed(hand_in=hand_in, persons=persons, group=name, by=by)


def _named_group(hand_in: HandIn, roster: Roster) -> str:
    """The group that handed in under its own name, if it is no person's."""
    words = [word for claim in hand_in.claims for word in claim.words]
    return "" if roster.find(*words) else roster.group_called(*words)


def _person(claim: Claim, roster: Roster, hand_in: HandIn, remarks: list[str]) -> Person:
    found = roster.find(*claim.words)
    if found is not None:
        return replace(found, external={**found.external, **dict(claim.external)})
    if roster.is_complete:
        words = ", ".join(claim.words)
        remarks.append(f"{hand_in.place}: nobody in the roster is {words}; graded under this name")
    return Person(
        student=claim.words[0],
        name=claim.name,
        email=claim.email,
        external=dict(claim.external),
    )


def _in_order(
    several: Sequence[Owned], settings: AssignmentFile, times: str, remarks: list[str]
) -> list[Owned]:
    """Oldest first; of a person, several whose order nobody knows are not graded but named.

    So are a group's, unless the best attempt counts, which is the same in any order.
    """
    if len(several) == 1:
        return list(several)
    digests = [_digest(one) for one in several]
    unusable = [one for one, digest in zip(several, digests, strict=True) if not digest]
    usable = [one for one, digest in zip(several, digests, strict=True) if digest]
    ordered = _sorted(usable, times)
    if ordered is not None:
        return [*_placed(ordered), *unusable]
    different = list({d: one for one, d in zip(several, digests, strict=True) if d}.values())
    if len(different) == 1:
        return [*different, *unusable]
    places = " and ".join(f"`{one.hand_in.place}`" for one in different)
    is_group = len({one.by for one in different}) > 1
    if is_group and settings.attempts == "best":
        remarks.append(
            f"{different[0].student}: nothing says which of {places} came last; each is an "
            "attempt of the group, and the best one counts"
        )
        return [*(replace(one, place=0) for one in different), *unusable]
    remarks.append(
        f"{different[0].student}: {places} are from the same {'group' if is_group else 'student'}, "
        "and nothing says which is the newer; leave one of them, or tell attempts apart with "
        f"{'' if is_group else '--pattern or '}--times files"
    )
    return unusable


def _digest(one: Owned) -> str:
    """Of the files, "" if they cannot be graded, which is told when it is their turn."""
    try:
        return reading.read(one.hand_in, one.student).sha256
    except (UsageError, SubmissionError):
        return ""


def _sorted(several: Sequence[Owned], times: str) -> list[Owned] | None:
    """Oldest first, by numbers if they are one person's, else by time; None if nobody knows."""
    numbers = [one.hand_in.number for one in several]
    is_one_s = len({one.by for one in several}) == 1
    if is_one_s and None not in numbers and len(set(numbers)) == len(several):
        return sorted(several, key=lambda one: one.hand_in.number or 0)
    moments = [reading.handed_in(one.hand_in, times) for one in several]
    if None not in moments and len(set(moments)) == len(several):
        return [one for _, one in sorted(zip(moments, several, strict=True), key=_moment)]
    return None


def _moment(timed: tuple[str | None, Owned]) -> str:
    return timed[0] or ""


def _placed(ordered: Sequence[Owned]) -> list[Owned]:
    if len(ordered) == 1:
        return list(ordered)
    return [
        replace(one, place=place, is_newest=one is ordered[-1]) for place, one in enumerate(ordered)
    ]
