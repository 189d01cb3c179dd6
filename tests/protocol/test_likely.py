"""Answers known by their bytes: the same reply is recognised, and nothing else is."""

import socket

import pytest

from grader.protocol import ArrayValue, Bounds, Channel, Likely, Observation, Reply, encode


def frame_of(observation, number=7, index=3, last=False):
    reply = Reply(number=number, index=index, value=observation.to_value(), last=last)
    header, buffers = encode(reply.to_value())
    return header, b"".join(buffers)


def array(data=b"abcd"):
    return ArrayValue(kind="tensor", dtype="float32", shape=(1,), strides=(1,), buffer=data)


OBSERVATIONS = [
    Observation(result=5),
    Observation(result=True),
    Observation(result=float("nan")),
    Observation(result=array(), gradients=(array(), None), changed=("argument 1",)),
    Observation(result=[array(), {"é": (1, "x" * 300)}]),
]


@pytest.mark.parametrize("observation", OBSERVATIONS, ids=range(len(OBSERVATIONS)))
@pytest.mark.parametrize(("number", "index"), [(1, 0), (200, 127), (70_000, 300)])
@pytest.mark.parametrize("last", [True, False])
def test_the_reply_that_a_worker_would_send_is_recognised(observation, number, index, last):
    frame = frame_of(observation, number, index, last)
    assert Likely.of(observation).frame(number, index, last) == frame


@pytest.mark.parametrize(
    "frame",
    [
        frame_of(Observation(result=6)),
        frame_of(Observation(result=5.0)),
        frame_of(Observation(result=5), number=8),
        frame_of(Observation(result=5), index=4),
        frame_of(Observation(result=5), last=True),
        frame_of(Observation(result=5, changed=("x",))),
        (frame_of(Observation(result=5))[0], b"more"),
        (b"\x90" + frame_of(Observation(result=5))[0], b""),
        (b"", b""),
    ],
    ids=range(9),
)
def test_nothing_else_is_recognised(frame):
    assert Likely.of(Observation(result=5)).frame(7, 3, False) != frame


def test_other_numbers_in_the_body_are_not_recognised():
    header, body = Likely.of(Observation(result=array(b"abcd"))).frame(7, 3, False)
    assert (header, body) == frame_of(Observation(result=array(b"abcd")))
    assert (header, body) != frame_of(Observation(result=array(b"abce")))


@pytest.fixture
def channels():
    ours, theirs = socket.socketpair()
    near, far = Channel(ours, Bounds()), Channel(theirs, Bounds())
    yield near, far
    near.close()
    far.close()


def test_a_frame_is_taken_only_where_it_has_arrived_whole_and_is_the_next(channels):
    near, far = channels
    frames = [(encode(["one"])[0], b""), (encode(["two"])[0], b"")]
    assert not near.take(frames[0])  # nothing was read yet
    for value in (["none"], ["one"], ["two"]):
        far.send(value)
    assert near.receive() == ["none"]  # and the others along with it
    assert not near.take(frames[1])
    assert near.take(frames[0])
    assert not near.take(frames[0])
    assert near.take(frames[1])
    assert not near.take(frames[1])
    far.send("three")
    assert near.receive() == "three"


def test_a_frame_can_be_taken_undecoded_and_decoded_later(channels):
    near, far = channels
    far.send([1, "two"])
    frame = near.receive_frame()
    assert near.decoded(frame) == [1, "two"]
