"""What the suite plants for attackers to find, and the search for it in what came back.

Every token is drawn anew for each run, so that an attack cannot know it: `kind-` and 32 digits.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.model import Audience

__all__ = ["KINDS", "TOKEN", "Tokens", "draw_tokens"]

KINDS: Mapping[str, str] = {
    "vault": "the secret of the oracle",
    "hidden": "the text of the hidden tests or the oracle",
    "input": "an input of a test that shows nothing",
    "ada": "another student's submission",
    "env": "an environment variable of the grader",
    "fd": "an open descriptor of the grader",
    "file": "a file of the host",
    "net": "a socket of the host",
    "shm": "shared memory of the host",
}
TOKEN = re.compile(rb"(?:%s)-[0-9a-f]{32}" % "|".join(KINDS).encode())
_STAFF_MAY_SEE = {"input"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The tokens of one run."""

    by_kind: Mapping[str, str]

    def __getitem__(self, kind: str) -> str:
        return self.by_kind[kind]

    def in_place(self, text: str) -> str:
        """`text` with "@kind@" replaced by the token of that kind."""
        for kind, token in self.by_kind.items():
            text = text.replace(f"@{kind}@", token)
        return text

    def found_in(self, data: bytes, audience: Audience) -> Iterator[str]:
        """What of the planted secrets this audience would get to see, in words."""
        for kind, token in self.by_kind.items():
            if audience is Audience.STAFF and kind in _STAFF_MAY_SEE:
                continue
            if token.encode() in data:
                yield KINDS[kind]


def draw_tokens() -> Tokens:
    return Tokens(by_kind={kind: f"{kind}-{secrets.token_hex(16)}" for kind in KINDS})
