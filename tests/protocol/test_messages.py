"""Requests, replies and observations: what is not one is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import FrameError
from grader.protocol import ArrayValue, Observation, Operation, Raised, Reply, Request
from grader.protocol.control import Event, News, Order, Role, Settings

ARRAY = ArrayValue(kind="tensor", dtype="uint8", shape=(1,), strides=(1,), buffer=b"\1")


@given(st.integers(0), st.sampled_from(list(Operation)), st.dictionaries(st.text(), st.integers()))
def test_a_request_comes_back_as_it_was(number, operation, arguments):
    request = Request(number=number, operation=operation, arguments=arguments)
    assert Request.from_value(request.to_value()) == request


@given(st.integers(0), st.integers(0), st.booleans(), st.integers() | st.text())
def test_a_reply_comes_back_as_it_was(number, index, last, value):
    reply = Reply(number=number, index=index, last=last, value=value)
    assert Reply.from_value(reply.to_value()) == reply


@pytest.mark.parametrize(
    "observation",
    [
        Observation(result=1),
        Observation(result=(ARRAY,), gradients=(ARRAY, None), changed=("x", "argument 1")),
        Observation(result=Raised(classes=("ValueError",), text="no")),
    ],
)
def test_an_observation_comes_back_as_it_was(observation):
    assert Observation.from_value(observation.to_value()) == observation


def test_an_observation_knows_whether_the_call_raised():
    raised = Raised(classes=("ValueError",), text="no")
    assert Observation(result=raised).raised is raised
    assert Observation(result=[raised]).raised is None


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple),
    max_leaves=8,
)


@given(junk)
def test_anything_else_is_no_message(value):
    for kind in (Reply, Observation):
        try:
            kind.from_value(value)
        except FrameError:
            continue
        assert isinstance(value, (list, tuple))


@pytest.mark.parametrize(
    "value",
    [
        [True, 0, True, 1],
        [1, 0, 1, 1],
        [1, 0, True],
        [1, 0, True, 1, 1],
        ["1", 0, True, 1],
        {"number": 1},
        None,
    ],
)
def test_a_reply_has_exactly_its_four_members(value):
    with pytest.raises(FrameError):
        Reply.from_value(value)


@pytest.mark.parametrize(
    "value", [[1, None], [1, [], ()], [1, (1,), ()], [1, None, (1,)], [1, None, ["x"]], 1]
)
def test_an_observation_has_exactly_its_three_members(value):
    with pytest.raises(FrameError):
        Observation.from_value(value)


def test_orders_and_news_fit_a_packet_and_come_back_as_they_were():
    order = Order(
        number=3,
        memory_bytes=1,
        cpu_seconds=2,
        scratch_bytes=3,
        processes=0,
        uid=60_000,
        role=Role.CANARIES,
    )
    news = News(event=Event.FAILED, number=3, status=9, cpu_seconds=0.5, text="x" * 4000)
    settings = Settings(
        tier="landlock",
        preload=("a",),
        user_namespace=True,
        readable=("/usr",),
        devices=("/dev/x",),
    )
    assert Order.from_packet(order.to_packet()) == order
    assert News.from_packet(news.to_packet()) == news
    assert len(news.to_packet()) < 60_000
    assert Settings.from_json(settings.to_json()) == settings
