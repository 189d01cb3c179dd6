"""Private users: none twice among live boxes, and none that anybody else uses."""

from __future__ import annotations

import itertools

import pytest

from grader.sandbox import users


@pytest.fixture
def as_root(monkeypatch):
    monkeypatch.setattr(users.os, "geteuid", lambda: 0)


def test_an_ordinary_user_gives_nobody_another_user(monkeypatch):
    monkeypatch.setattr(users.os, "geteuid", lambda: 1000)
    assert list(itertools.islice(users.private_users(), 3)) == [None] * 3


def test_root_gives_each_box_another_user(as_root, monkeypatch):
    monkeypatch.setattr(users, "_is_mapped", lambda uid: True)
    given = list(itertools.islice(users.private_users(), 2000))
    assert len(set(given)) == 2000
    assert min(given) >= 0x70000000
    assert max(given) < 0x80000000


def test_graders_beside_each_other_have_different_users(as_root, monkeypatch):
    monkeypatch.setattr(users, "_is_mapped", lambda uid: True)
    ranges = []
    for pid in (400, 401):
        monkeypatch.setattr(users.os, "getpid", lambda pid=pid: pid)
        ranges.append(set(itertools.islice(users.private_users(), 5000)))
    assert not ranges[0] & ranges[1]


def test_a_container_with_few_users_is_served_from_those(as_root, monkeypatch):
    monkeypatch.setattr(users, "_is_mapped", lambda uid: False)
    given = set(itertools.islice(users.private_users(), 6000))
    assert given == set(range(60_000, 65_000))
