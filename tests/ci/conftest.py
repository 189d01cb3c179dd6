"""A runner as far as it reads what a step prints and writes: commands, outputs, summary, limits."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

_COMMAND = re.compile(
    r"^\s*::(?P<name>[\w-]+)(?: (?P<properties>[^:]*(?:%3A[^:]*)*))?::(?P<data>.*)$"
)


@dataclass
class FakeRunner:
    """Obeys what GitHub's runner obeys (ActionCommand.cs and FileCommandManager.cs)."""

    commands: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    stopped_by: str = ""

    def read(self, log: str) -> None:
        for line in log.splitlines():
            self._line(line)

    def _line(self, line: str) -> None:
        if self.stopped_by:
            if line.strip() == f"::{self.stopped_by}::":
                self.stopped_by = ""
            return
        found = _COMMAND.match(line)
        if found is None:
            if "##[" in line:
                self.commands.append(("##[", {}, line))
            return
        if found["name"] == "stop-commands":
            self.stopped_by = found["data"]
            return
        pairs = (pair.split("=", 1) for pair in (found["properties"] or "").split(",") if pair)
        properties = {name: _decoded(value) for name, value in pairs}
        self.commands.append((found["name"], properties, _decoded(found["data"])))

    def annotations(self, level: str) -> list[dict[str, str]]:
        """What is kept: the first ten of a level in one step."""
        return [properties for name, properties, _ in self.commands if name == level][:10]


def _decoded(text: str) -> str:
    for code, char in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, char)
    return text


def read_outputs(path: Path) -> dict[str, str]:
    """$GITHUB_OUTPUT: name=value, or name<<FENCE up to the line FENCE."""
    values: dict[str, str] = {}
    lines = iter(path.read_text(encoding="utf-8").splitlines())
    for line in lines:
        name, fence, mark = line.partition("<<")
        if not fence:
            name, _, values[name] = line.partition("=")
            continue
        held = []
        for inside in lines:
            if inside == mark:
                break
            held.append(inside)
        values[name] = "\n".join(held)
    return values


@pytest.fixture
def runner():
    return FakeRunner()


@pytest.fixture
def outputs_of():
    return read_outputs
