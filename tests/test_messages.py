from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import grader
from grader.messages import TEXTS, plural, say

PACKAGE = Path(grader.__file__).parent
USED = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted(PACKAGE.rglob("*"))
    if path.suffix in {".py", ".j2"} and path.parent != PACKAGE / "messages"
)


def asked() -> set[str]:
    """Ids written out in code or templates; those put together end in a dot."""
    found = re.findall(r"""(?:say|plural)\(\s*f?["']([\w. {}]+)["']""", USED)
    found += re.findall(r"""["']((?:""" + "|".join(prefixes()) + r""")\.[\w. ]+)["']""", USED)
    return {name.split("{")[0] for name in found}


def prefixes() -> set[str]:
    return {key.split(".")[0] for key in TEXTS}


def test_every_text_is_used_somewhere():
    names = asked()
    unused = {
        key
        for key in TEXTS
        if key not in names
        and key.rpartition(".")[0] not in names
        and not any(name.endswith(".") and key.startswith(name) for name in names)
    }
    assert unused == set()


def test_numbers_have_both_forms():
    ones = {key.removesuffix(".one") for key in TEXTS if key.endswith(".one")}
    many = {key.removesuffix(".many") for key in TEXTS if key.endswith(".many")}
    assert ones == many


def test_an_unknown_id_or_a_missing_value_is_an_error():
    with pytest.raises(KeyError):
        say("no.such.text")
    with pytest.raises(KeyError):
        say("score.of")


def test_a_text_is_chosen_by_number():
    assert plural("function.passed", 1) == "1 test passed"
    assert plural("function.passed", 0) == "0 tests passed"


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_a_text_is_plain_and_kind(key):
    text = TEXTS[key]
    assert not re.search(r"\b(just|simply|obviously|of course|easy)\b", text, re.IGNORECASE)
    assert "<" not in text
    assert all(
        name is None or name.isidentifier() for _, name, _, _ in string.Formatter().parse(text)
    )
