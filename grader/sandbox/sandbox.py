"""The sandbox as the grader uses it: the strongest tier that this machine proves, and its boxes."""

from __future__ import annotations

from types import TracebackType

from grader.errors import SandboxError
from grader.model import Isolation, Limits
from grader.sandbox.box import Box
from grader.sandbox.cgroups import Groups
from grader.sandbox.launch import LAUNCHES
from grader.sandbox.profiles import profile_named
from grader.sandbox.supply import Supply
from grader.sandbox.users import private_users

__all__ = ["Sandbox"]


class Sandbox:
    """Makes boxes; a context manager. Nothing starts before the first use.

    Args:
        required: the weakest tier that will do; below it the sandbox refuses and says why.
    """

    def __init__(self, *, required: Isolation = Isolation.NAMESPACES) -> None:
        self._required = required
        self._isolation: Isolation | None = None
        self._supplies: dict[str, Supply] = {}
        self._users = private_users()
        self._groups = Groups()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def isolation(self) -> Isolation:
        """The tier that was proven, by attacks from inside a box; starts the sandbox if need be.

        Raises:
            SandboxError: no tier that is strong enough works here; the message has the remedy.
        """
        if self._isolation is None:
            self._isolation = self._prove("functions")
        return self._isolation

    def spawn(self, limits: Limits, profile: str = "functions") -> Box:
        """A fresh confined worker; the next one with these limits is forked meanwhile.

        Raises:
            SandboxError, WarmParentDied
        """
        if self._isolation is None:
            self._isolation = self._prove(profile)
        if profile not in self._supplies:
            self._supplies[profile] = self._supply(profile, self._isolation)
        return self._supplies[profile].spawn(limits)

    def close(self) -> None:
        """End all warm parents, and with them every box."""
        for supply in self._supplies.values():
            supply.close()
        self._supplies.clear()
        self._groups.close()

    def _supply(self, profile: str, tier: Isolation) -> Supply:
        return Supply(profile_named(profile), tier, self._users, self._groups)

    def _prove(self, profile: str) -> Isolation:
        """Start the first tier, strongest first, that stands its test."""
        strongest_first = list(Isolation)
        wanted = strongest_first[: strongest_first.index(self._required) + 1]
        reasons = []
        for tier in (tier for tier in wanted if tier in LAUNCHES):
            supply = self._supply(profile, tier)
            try:
                supply.start()
            except SandboxError as error:
                reasons.append(f"tier {tier}: {error}")
                continue
            self._supplies[profile] = supply
            return tier
        raise SandboxError("; ".join(reasons))
