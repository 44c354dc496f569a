"""What a sandbox's two processes tell each other is heard one by one, however it arrives."""

from __future__ import annotations

import socket

from labcheck.sandbox.orders import Ended, Line, Ready


def test_what_arrives_at_once_is_heard_one_by_one() -> None:
    near, far = socket.socketpair()
    with near, far:
        one, other = Line(near), Line(far)
        one.say(Ready())
        one.say(Ended(143))
        assert other.hear(1) == Ready()
        assert other.hear(1) == Ended(143)
        near.close()
        assert other.hear(1) is None
