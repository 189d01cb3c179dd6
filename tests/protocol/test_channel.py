"""Whole frames over a socket, under a deadline, whatever the other side does."""

from __future__ import annotations

import os
import select
import socket
import struct
import threading
import time

import pytest

from grader.errors import FrameError
from grader.protocol import ArrayValue, Bounds, Channel, DeadlinePassed, PeerGone


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    channel = Channel(ours, Bounds())
    yield channel, theirs
    channel.close()
    theirs.close()


def soon(seconds=0.2):
    return time.monotonic() + seconds


def test_what_is_sent_is_received(pair):
    channel, theirs = pair
    other = Channel(theirs, Bounds())
    other.send([1, ("two", 3.0)])
    assert channel.receive(soon()) == [1, ("two", 3.0)]


def test_frames_larger_than_the_sockets_buffer_pass(pair):
    channel, theirs = pair
    size = 5 << 20
    value = ArrayValue(
        kind="tensor", dtype="uint8", shape=(size,), strides=(1,), buffer=bytes(size)
    )
    other = Channel(theirs, Bounds())
    sender = threading.Thread(target=other.send, args=(value, soon(10)))
    sender.start()
    got = channel.receive(soon(10))
    sender.join()
    assert len(got.buffer) == size


def test_silence_ends_at_the_deadline(pair):
    started = time.monotonic()
    with pytest.raises(DeadlinePassed):
        pair[0].receive(soon())
    assert 0.19 < time.monotonic() - started < 1.0


def test_a_trickle_ends_at_the_deadline(pair):
    channel, theirs = pair
    theirs.sendall(struct.pack(">IQ", 1000, 0))
    stop = threading.Event()

    def trickle():
        while not stop.wait(0.02):
            theirs.send(b"x")

    sender = threading.Thread(target=trickle)
    sender.start()
    started = time.monotonic()
    with pytest.raises(DeadlinePassed):
        channel.receive(soon())
    stop.set()
    sender.join()
    assert time.monotonic() - started < 1.0


def test_a_peer_that_does_not_read_ends_at_the_deadline(pair):
    channel, _ = pair
    with pytest.raises(DeadlinePassed):
        channel.send(b"x" * (8 << 20), soon())


def test_a_peer_that_hangs_up_is_gone(pair):
    channel, theirs = pair
    theirs.sendall(b"\0\0\0")
    theirs.close()
    with pytest.raises(PeerGone):
        channel.receive(soon())
    with pytest.raises(PeerGone):
        channel.send(1, soon())


@pytest.mark.parametrize("lengths", [(1 << 31, 0), (4, 1 << 60), ((1 << 20) + 1, 0)])
def test_lengths_beyond_the_bounds_are_refused_before_the_bytes_come(pair, lengths):
    channel, theirs = pair
    theirs.sendall(struct.pack(">IQ", *lengths))
    with pytest.raises(FrameError, match="larger than allowed"):
        channel.receive(soon())


def test_descriptors_that_the_peer_pushes_along_are_not_taken(pair):
    channel, theirs = pair
    header = b"\x01"
    with socket.socket(socket.AF_UNIX) as other:
        message = struct.pack(">IQ", len(header), 0) + header
        socket.send_fds(theirs, [message], [other.fileno()])
    open_before = other_descriptors()
    assert channel.receive(soon()) == 1
    assert other_descriptors() == open_before


def other_descriptors():
    return len(os.listdir("/proc/self/fd"))


def test_a_caller_may_wait_in_its_own_way():
    ours, theirs = socket.socketpair()
    waited = []

    def wait(events, deadline):
        waited.append((events, deadline))
        Channel(theirs, Bounds()).send("at last")

    channel = Channel(ours, Bounds(), wait=wait)
    deadline = soon()
    assert channel.receive(deadline) == "at last"
    assert waited == [(select.POLLIN, deadline)]
    channel.close()
    theirs.close()
