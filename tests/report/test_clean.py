from __future__ import annotations

import pytest

from grader.report.clean import anchor, clean, shorten, spans


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain\ttext\n", "plain\ttext\n"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]8;;https://e.test\x07link\x1b]8;;\x07", "link"),
        ("a\x00b\x08c\r\x7f\x85", "abc"),
        ("is_ad\u202enim\u2066", "is_adnim"),
        ("\u200bzero\ufeff", "zero"),
        ("lone \ud800", "lone \ufffd"),
        ("naïve 日本 👩\u200d🔬", "naïve 日本 👩\u200d🔬"),
    ],
)
def test_what_is_unseen_or_moves_is_removed(text, cleaned):
    assert clean(text) == cleaned


def test_an_unfinished_terminal_link_does_not_swallow_markup():
    assert clean("\x1b]8;;x</p><p>next") == "</p><p>next"


def test_an_anchor_holds_only_what_stands_in_a_fragment():
    assert anchor("padding::pad2d::test_a") == "padding::pad2d::test_a"
    assert anchor('a b"<>#%é') == "a-b-"
    assert anchor("") == "-"


def test_a_text_is_cut_with_a_count_of_what_is_missing():
    assert shorten("abc", 3) == "abc"
    assert shorten("abcdef", 3) == "abc… (3 more characters)"


def test_what_stands_in_backticks_is_code():
    assert spans("use `a` and `b c`.") == [
        (False, "use "),
        (True, "a"),
        (False, " and "),
        (True, "b c"),
        (False, "."),
    ]
    assert spans("no code, one ` alone") == [(False, "no code, one ` alone")]
