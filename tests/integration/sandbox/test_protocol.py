"""What the two sides of a sandbox tell each other arrives whole and one by one, and silence is noticed."""

from __future__ import annotations

import socket
import threading

import pytest

from labcheck.sandbox.identity import Identity
from labcheck.sandbox.protocol import Channel, Ended, Hello, Ready, Setup


def test_messages_arrive_whole_and_silence_is_noticed() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        setup = Setup(Identity("abc", 1), "course", None, (), "", ("x" * 300_000,))
        line, other = Channel(ours), Channel(theirs)
        line.send(Hello(1))
        assert other.receive(1) == Hello(1)
        saying = threading.Thread(target=line.send, args=(setup,))
        saying.start()
        assert other.receive(5) == setup
        saying.join()
        with pytest.raises(TimeoutError):
            other.receive(0.01)
        ours.close()
        assert other.receive(1) is None


def test_what_arrives_at_once_is_heard_one_by_one() -> None:
    near, far = socket.socketpair()
    with near, far:
        one, other = Channel(near), Channel(far)
        one.send(Ready())
        one.send(Ended(143))
        assert other.receive(1) == Ready()
        assert other.receive(1) == Ended(143)
        near.close()
        assert other.receive(1) is None
