"""Every text of ours that a student reads in results, keyed by id: a translation is one folder.

    pages, class_pages   what stands around the results on a page
    own_work             what stands around them in `grader check`, and in summaries of `grader ci`
    results              sentences in the results: what differs, what was refused, what is missing
    training             the section of a page about a training run
    training_results     what was found out in that run: checks, diagnosis, flags

An id ends in `.one` or `.many` where a number decides; `plural` picks between them. What authors
wrote (titles, hints, stated sentences) and what students wrote never passes through here as a
text, only as a value of one. What runs beside student code (worker, observe, source_check) cannot
reach this package, and keeps its few sentences itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from grader.messages import class_pages, own_work, pages, results, training, training_results

__all__ = ["LANGUAGE", "TEXTS", "plural", "say"]

LANGUAGE = "en"

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        **pages.TEXTS,
        **class_pages.TEXTS,
        **own_work.TEXTS,
        **results.TEXTS,
        **training.TEXTS,
        **training_results.TEXTS,
    }
)


def say(key: str, /, **values: object) -> str:
    """The text of one id with its placeholders filled.

    Raises:
        KeyError: no such id, or a placeholder without a value.
    """
    text = TEXTS[key]
    return text.format(**values) if values or "{" in text else text


def plural(key: str, n: int, /, **values: object) -> str:
    """The text for `n` things: `key.one` for 1, else `key.many`, which may use {n}."""
    return say(f"{key}.one" if n == 1 else f"{key}.many", n=n, **values)
