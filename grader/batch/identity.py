"""Whose a hand-in is: people of the roster, or as named; groups; and the order of attempts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from grader.batch.layouts import Claim, HandIn
from grader.compare import clean
from grader.config import AssignmentFile, ExtensionSettings
from grader.gradebook.people import Person, Roster, enrol, group_unit

__all__ = ["Owned", "assign"]

MAX_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """A hand-in with its owner. `student` names the page; `people` are pseudonyms."""

    hand_in: HandIn
    unit: str
    student: str
    people: tuple[str, ...]
    extension: ExtensionSettings | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claimed:
    hand_in: HandIn
    persons: tuple[Person, ...]
    group: str


def assign(
    connection: Connection,
    assignment: str,
    settings: AssignmentFile,
    hand_ins: Iterable[HandIn],
    roster: Roster,
) -> tuple[list[Owned], list[str]]:
    """Everybody's hand-ins in the order of attempts, and what cannot be told apart.

    Whoever is not in the roster is graded under the id found; with a roster that is a remark.
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
        )
        units.setdefault(unit, []).append(owned)
    ordered = []
    for group in units.values():
        ordered += _in_order(group, remarks)
    return ordered, remarks


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
    persons = tuple(_person(claim, roster, hand_in, remarks) for claim in hand_in.claims)
    group = persons[0].group if settings.groups else ""
    if group:
        members = {p.student: p for p in (*persons, *roster.group(group))}
        return _Claimed(hand_in=hand_in, persons=tuple(members.values()), group=group)
    name = "+".join(sorted(p.student for p in persons)) if len(persons) > 1 else ""
    return _Claimed(hand_in=hand_in, persons=persons, group=name)


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


def _in_order(group: Sequence[Owned], remarks: list[str]) -> list[Owned]:
    """Oldest first; several whose order nobody knows are not graded but named."""
    if len(group) == 1:
        return list(group)
    numbers = [owned.hand_in.number for owned in group]
    times = [owned.hand_in.handed_in for owned in group]
    if None not in numbers and len(set(numbers)) == len(group):
        return sorted(group, key=lambda owned: owned.hand_in.number or 0)
    if None not in times and len(set(times)) == len(group):
        return sorted(group, key=lambda owned: owned.hand_in.handed_in or _NEVER)
    places = " and ".join(f"`{owned.hand_in.place}`" for owned in group)
    remarks.append(
        f"{group[0].student}: {places} are from the same student, and nothing says which is the "
        "newer; leave one of them, or tell attempts apart with --pattern"
    )
    return []


_NEVER = datetime.datetime.min.replace(tzinfo=datetime.UTC)
