"""The attacks as files: what each one says of itself, read without running it.

    attacks/<row>/<name>.py    a docstring of one line: what is tried
                               # /// attack
                               # the settings below, in TOML
                               # ///
                               the code

A row is one line of the threat list in docs/security.md. Kinds of attack:

    submission   the file is handed in as it is, with loot.py and targets.py beside it
    build        `build(folder)` in the file makes what is handed in, and returns its path
    planted      the code (or `text`) lies in the working directory of `grader grade`

A submission is handed in as a module, as a notebook graded by its definitions, or as a notebook
that is executed: by IPython ("executed") or by nbclient. `# %%` begins a new cell.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from grader.errors import InternalError
from grader.model import Verdict

__all__ = ["ROOT", "Attack", "Form", "attacks", "read_attack"]

Form = Literal["module", "notebook", "executed", "nbclient"]
ROOT = Path(str(resources.files("grader.redteam"))) / "attacks"

_BLOCK = re.compile(r"^# /// attack\n((?:#(?: .*)?\n)*?)# ///$", re.MULTILINE)
_SETTINGS = {
    "kind", "forms", "verdicts", "points", "refused", "files", "plant", "text", "control", "needs",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """One way to cheat, steal or break, and what must come of it.

    `verdicts`: per function, the verdicts that are right. `points`: exactly what it must score.
    `refused`: what the loader must say instead. `files`: more files, by name. `plant`: the name
    under which it lies in the working directory. `control`: why it is not run against a naive
    grader, "" if it is. `needs`: what the machine must have.
    """

    row: str
    name: str
    title: str
    path: Path
    kind: Literal["submission", "build", "planted"] = "submission"
    forms: tuple[Form, ...] = ("module",)
    verdicts: Mapping[str, frozenset[Verdict]] = field(default_factory=dict)
    points: Fraction = Fraction(0)
    refused: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    plant: str = ""
    text: str = ""
    control: str = ""
    needs: str = ""

    @property
    def id(self) -> str:
        return f"{self.row}/{self.name}"


def attacks(pattern: str = "*") -> Iterator[Attack]:
    """Every attack whose row, name or `row/name` fits the pattern, in order."""
    for path in sorted(ROOT.glob("*/*.py")):
        if path.parent.name != "course":
            attack = read_attack(path)
            names = (attack.id, attack.row, attack.name)
            if any(fnmatchcase(name, pattern) for name in names):
                yield attack


def read_attack(path: Path) -> Attack:
    """One attack.

    Raises:
        InternalError: the file does not say of itself what it must.
    """
    source = path.read_text(encoding="utf-8")
    block = _BLOCK.search(source)
    title = ast.get_docstring(ast.parse(source))
    if block is None or not title:
        raise InternalError(f"{path}: an attack has a docstring and an `# /// attack` block")
    try:
        settings = tomllib.loads(re.sub(r"^# ?", "", block[1], flags=re.MULTILINE))
        unknown = settings.keys() - _SETTINGS
        if unknown:
            raise ValueError(f"unknown settings: {', '.join(sorted(unknown))}")
        return Attack(
            row=path.parent.name,
            name=path.stem,
            title=" ".join(title.split()),
            path=path,
            **_typed(settings),
        )
    except ValueError as error:
        raise InternalError(f"{path}: {error}") from None


def _typed(settings: dict[str, Any]) -> dict[str, Any]:
    typed = dict(settings)
    if "forms" in typed:
        typed["forms"] = tuple(typed["forms"])
    if "points" in typed:
        typed["points"] = Fraction(str(typed["points"]))
    typed["verdicts"] = {
        name: frozenset(Verdict(word) for word in words.split("|"))
        for name, words in settings.get("verdicts", {}).items()
    }
    return typed
