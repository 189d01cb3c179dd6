"""Class pages for the tests and the gallery."""

from __future__ import annotations

import random
from fractions import Fraction

from grader.model import Audience
from grader.report import ClassPage, ClassRow, ClusterRow, ItemRow, KnownRow

COLUMNS = (
    ("Output size", Fraction(9)),
    ("Padding", Fraction(7)),
    ("ReLU", Fraction(4)),
)
FIRST = (
    "Ada", "Grace", "Katherine", "Mary", "Joan", "Hedy",
    "Radia", "Frances", "Edith", "Sophie", "Emmy", "Maryam",
)  # fmt: skip
LAST = (
    "Lovelace", "Hopper", "Johnson", "Jackson", "Clarke",
    "Lamarr", "Perlman", "Allen", "Germain", "Noether",
)  # fmt: skip


def make_class(students: int, audience: Audience = Audience.STAFF) -> ClassPage:
    """A class of invented students with plausible points."""
    draw = random.Random(7)
    rows = []
    for number in range(students):
        name = f"{FIRST[number % 12]} {LAST[number // 12 % 10]}"
        if number >= 120:
            name += f" {number}"
        skill = draw.triangular(0, 1.2, 0.9)
        shares = [min(1.0, max(0.0, draw.gauss(skill, 0.15))) for _ in COLUMNS]
        exercises = tuple(
            Fraction(round(20 * share), 20) * total
            for share, (_, total) in zip(shares, COLUMNS, strict=True)
        )
        late = number % 17 == 3
        rows.append(
            ClassRow(
                name=name,
                points=sum(exercises, Fraction(0)),
                exercises=(*exercises[:2], None if number % 29 == 5 else exercises[2]),
                page=f"pages/{number:03}.html",
                attempts=1 + number % 4,
                handed_in=f"2026-10-{11 + number % 4} {8 + number % 12:02}:{number % 60:02}",
                flags=("late",) if late else (),
            )
        )
    return ClassPage(
        course="Convolutional networks",
        assignment="week 1",
        max_points=Fraction(20),
        columns=COLUMNS,
        rows=tuple(rows),
        items=tuple(
            ItemRow(
                function=function,
                title=title,
                tier=tier,
                passed=round(students * share),
                taken=students,
                discrimination=index,
            )
            for function, title, tier, share, index in (
                ("conv_out", "Padding counts on both sides", "parameters", 0.62, 0.41),
                ("conv_out", "A window moves one step at a time", "basic", 0.95, 0.12),
                ("pool_out", "Ceil mode keeps the last window", "edge", 0.31, 0.55),
                ("pad2d", "Reflect mirrors without the border", "parameters", 0.55, 0.38),
                ("relu", "nan stays nan and -inf becomes 0", "edge", 0.44, -0.05),
            )
        ),
        known=(
            KnownRow(
                function="pool_out",
                name="default_stride_one",
                hint="Your result matches a stride of 1 by default. "
                "Check what the stride of a pooling layer is when none is given.",
                count=students // 5,
            ),
            KnownRow(
                function="relu",
                name="mask_multiply",
                hint="Your result matches multiplying by a mask. Check what -inf times 0 is.",
                count=students // 3,
            ),
        ),
        clusters=(ClusterRow(names=("Ada Lovelace", "Joan Lovelace"), share=0.93),)
        if students
        else (),
        files=(("Points as CSV", "gradebook/points week 1.csv"),),
        audience=audience,
    )
