"""Relays a page from a sandbox: connections to a port outside are forwarded to a socket inside.

The port is on this machine's loopback, and the socket is a file in the sandbox's own /run. So the page uses no port
inside that a lesson may need, and no container can reach it. What a page needs of the outside is relayed the other way.
The traffic is not inspected.
"""

from __future__ import annotations

import asyncio
import os
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

from labcheck import loopback
from labcheck.errors import SandboxError
from labcheck.sandbox.threads import beside

Address: TypeAlias = Path | tuple[str, int]
"""Where somebody listens: a socket's file, or a host and a port."""
MOST = 200
"""The most simultaneous connections; a page with many notebooks has a few dozen."""
SILENCE = 10.0
"""Seconds in which a new connection must send something."""
BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nRetry-After: 10\r\n"
    b"Connection: close\r\n\r\nToo many connections to the course at once. Try again in ten seconds.\n"
)
_PORTS = 1 << 16
_PIECE = 1 << 16
_SOON = 5.0
_FAREWELL = 1.0


def listening(port: int, address: str = loopback.ADDRESS) -> socket.socket:
    """A socket that listens on this port of the machine's loopback; 0 means any free one. Raises ``SandboxError``.

    ``address`` is another one to listen at: in a container the page is published from there.
    """
    if port not in range(_PORTS):
        raise _no_port(port, "there is no such port")
    try:
        return socket.create_server((address, port))
    except OSError as error:
        raise _no_port(port, os.strerror(error.errno or 0)) from error


def _no_port(port: int, reason: str) -> SandboxError:
    return SandboxError(f"The page cannot be served on port {port} ({reason}).", "Leave out --port to use a free one.")


def answers(inside: Path) -> bool:
    """Whether something listens on the socket inside."""
    with socket.socket(socket.AF_UNIX) as connection, suppress(OSError):
        connection.settimeout(1)
        connection.connect(str(inside))
        return True
    return False


@contextmanager
def relayed(outside: socket.socket, inside: Address) -> Iterator[None]:
    """Forward traffic between connections to ``outside`` and whoever listens ``inside``, during the ``with`` block.

    A connection is turned away while nobody listens there, when it sends nothing for a while, and when there are too
    many. Those that are open at the end end with the sandbox.
    """
    loop, ended = asyncio.new_event_loop(), asyncio.Event()
    # Nobody needs to be told of a broken connection, or of a moment without free file descriptors.
    loop.set_exception_handler(lambda _loop, _trouble: None)
    carrying = beside(loop.run_until_complete, _served(outside, inside, ended))
    try:
        yield
    finally:
        loop.call_soon_threadsafe(ended.set)
        carrying.join(_SOON)
        if not carrying.is_alive():
            loop.close()


async def _served(outside: socket.socket, inside: Address, ended: asyncio.Event) -> None:
    """Forward everything in one thread, until it has ended."""
    most, now = _most(), set[asyncio.Task[None]]()

    async def come(near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None or len(now) >= 2 * most:
            back.close()
            return
        now.add(task)
        try:
            await (_refused(near, back) if len(now) > most else _carried(near, back, inside))
        except (OSError, TimeoutError):
            pass  # one side closed the connection, or sent nothing
        finally:
            now.discard(task)
            back.close()

    server = await asyncio.start_server(come, sock=outside)
    await ended.wait()
    server.close()
    for task in now:
        task.cancel()
    await asyncio.gather(*now, return_exceptions=True)


async def _carried(near: asyncio.StreamReader, back: asyncio.StreamWriter, inside: Address) -> None:
    far, forth = await _connected(inside)
    try:
        forth.write(await asyncio.wait_for(near.read(_PIECE), SILENCE))
        async with asyncio.TaskGroup() as both:
            both.create_task(_one_way(near, forth))
            both.create_task(_one_way(far, back))
    except* OSError:
        pass  # if one direction breaks, both end
    finally:
        forth.close()


async def _connected(address: Address) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if isinstance(address, Path):
        return await asyncio.open_unix_connection(address)
    return await asyncio.open_connection(*address)


async def _one_way(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while piece := await source.read(_PIECE):
        target.write(piece)
        await target.drain()
    target.write_eof()


async def _refused(near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
    """Answer that there are too many connections, and wait until that is read: closing at once would reset it."""
    back.write(BUSY)
    back.write_eof()
    async with asyncio.timeout(_FAREWELL):
        while await near.read(_PIECE):
            pass


def _most() -> int:
    """How many connections to forward at once: each takes two open files, and we need some ourselves."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if allowed == resource.RLIM_INFINITY else max(8, min(MOST, allowed // 5))
