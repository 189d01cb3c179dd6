"""Texts of the page of a class."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["TEXTS"]

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        # The class
        "class.title": "{assignment} · {n} submissions · class",
        "class.staff": "Staff view: it names students. Do not pass it on.",
        "class.summary": "Summary",
        "class.count": "Submissions",
        "class.mean": "Mean",
        "class.median": "Median",
        "class.middle": "Middle half",
        "class.middle.value": "{low} to {high}",
        "class.full": "Full points",
        "class.of": "{points} of {total}",
        "class.share": "{n} ({percent} %)",
        "class.distribution": "Points",
        "class.distribution.text": "How many submissions have which share of the points: {bins}.",
        "class.distribution.bin": "{low} to {high} %: {n}",
        "class.remarks": "To look at",
        "class.rows": "Submissions",
        "class.name": "Name",
        "class.total": "Points",
        "class.attempts": "Attempts",
        "class.handed_in": "Handed in",
        "class.flags": "Remarks",
        "class.filter": "Filter submissions",
        "class.filter.count": "{shown} of {total} submissions shown",
        "class.filter.none": "No submission fits. Clear the search to see all of them.",
        "class.none": "not handed in",
        "class.items": "Tests, hardest first",
        "class.items.lead": "Discrimination: how well passing the test goes together with the "
        "points in all other tests, from -1 to 1; from 30 submissions on. Near or below 0: look at "
        "the test.",
        "class.items.function": "Function",
        "class.items.title": "Test",
        "class.items.tier": "Tier",
        "class.items.passed": "Passed",
        "class.items.discrimination": "Discrimination",
        "class.known": "Misconceptions, most frequent first",
        "class.known.function": "Function",
        "class.known.hint": "What the result matches",
        "class.known.count": "Submissions",
        "class.clusters": "Submissions that are alike",
        "class.clusters.lead": "Where a function is named, it goes wrong in the same calls in the "
        "same way, and matches no known mistake: perhaps one to write down. Alike is not copied: "
        "short functions have few shapes. Read them side by side before you conclude anything.",
        "class.clusters.count": "{n} submissions",
        "class.clusters.share": "{percent} % alike",
        "class.files": "Files",
        "plain.class": "The full page of the class could not be made, so this is a plain list. The "
        "points are complete.",
        "plain.class.staff": "The page of the class could not be rendered ({error}), so it is a "
        "plain list. Please report this; class.json holds everything.",
        "class.empty": "Nothing was handed in yet.",
    }
)
