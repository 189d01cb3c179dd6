"""The doctor finds what is there, and says what to do about what is not."""

from __future__ import annotations

import pytest

from grader import doctor
from grader.errors import SandboxError
from grader.model import Isolation


class FakeSandbox:
    """Proves `strongest`, or refuses."""

    strongest = Isolation.NAMESPACES

    def __init__(self, *, required):
        self.required = required

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    @property
    def isolation(self):
        order = list(Isolation)
        if order.index(self.strongest) > order.index(self.required):
            raise SandboxError(f"no {self.required} here: do this")
        return self.strongest


@pytest.fixture
def fake(monkeypatch):
    monkeypatch.setattr(doctor, "Sandbox", FakeSandbox)
    return FakeSandbox


def named(findings):
    return {finding.name: finding for finding in findings}


def test_a_machine_with_everything_is_well(fake):
    findings = named(doctor.examine())
    assert findings["sandbox, tier namespaces"].ok
    assert findings["Python"].ok
    assert "pip" not in findings["torch"].remedy


def test_a_weaker_tier_is_shown_beside_why_the_better_one_failed(fake, monkeypatch):
    monkeypatch.setattr(fake, "strongest", Isolation.LANDLOCK)
    findings = named(doctor.examine())
    refused = findings["sandbox, tier namespaces"]
    assert not refused.ok
    assert refused.remedy == "no namespaces here: do this"
    assert findings["sandbox, tier landlock"].ok


def test_no_tier_at_all_is_two_refusals(fake, monkeypatch):
    monkeypatch.setattr(fake, "strongest", Isolation.PROCESS)
    findings = [f for f in doctor.examine() if f.name.startswith("sandbox")]
    assert [finding.ok for finding in findings] == [False, False]


def test_a_missing_bubblewrap_names_its_package(fake, monkeypatch):
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    assert "apt-get install bubblewrap" in named(doctor.examine())["bubblewrap"].remedy


def test_another_system_is_told_what_it_can_do(fake, monkeypatch):
    monkeypatch.setattr(doctor.platform, "system", lambda: "Darwin")
    finding = named(doctor.examine())["system"]
    assert not finding.ok
    assert "WSL2" in finding.remedy


@pytest.mark.parametrize(
    ("there", "words"),
    [(True, "bounded together, in /some/where"), (False, "one by one: no place")],
)
def test_it_says_whether_processes_are_bounded_together(fake, monkeypatch, there, words):
    class FakeGroups:
        are_there = there
        place = "/some/where"
        reason = "no place"

        def close(self): ...

    monkeypatch.setattr(doctor, "Groups", FakeGroups)
    finding = named(doctor.examine())["control groups"]
    assert finding.ok
    assert words in finding.detail


@pytest.mark.sandbox
def test_this_machine_proves_the_first_tier():
    assert named(doctor.examine())["sandbox, tier namespaces"].ok
