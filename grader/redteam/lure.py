"""A process that gives secrets away to whoever reaches it: what boxes must not be able to do.

    python lure.py UNIX_PATH ABSTRACT_NAME SECRET      prints "<tcp port> <udp port>", then serves

It answers every connection and every datagram with the secret, until its input ends.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import sys


def main(unix: str, abstract: str, secret: str) -> None:
    tcp = _listening(socket.AF_INET, ("127.0.0.1", 0))
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", 0))
    sources = selectors.DefaultSelector()
    for listener in (
        tcp,
        _listening(socket.AF_UNIX, unix),
        _listening(socket.AF_UNIX, "\0" + abstract),
    ):
        sources.register(listener, selectors.EVENT_READ, listener)
    sources.register(udp, selectors.EVENT_READ)
    sources.register(sys.stdin, selectors.EVENT_READ)
    sys.stdout.write(f"{tcp.getsockname()[1]} {udp.getsockname()[1]}\n")
    sys.stdout.flush()
    while True:
        for key, _ in sources.select():
            with contextlib.suppress(OSError):
                if key.fileobj is sys.stdin:
                    return
                if key.fileobj is udp:
                    udp.sendto(secret.encode(), udp.recvfrom(4096)[1])
                else:
                    _give(key.data.accept()[0], secret)


def _give(visitor: socket.socket, secret: str) -> None:
    """Send it, and close only once the visitor has: a reset could overtake the secret."""
    with visitor:
        visitor.settimeout(0.2)
        visitor.sendall(secret.encode())
        visitor.shutdown(socket.SHUT_WR)
        while visitor.recv(4096):
            pass


def _listening(family: socket.AddressFamily, address: object) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.bind(address)  # type: ignore[arg-type]  # a name or a host and port
    listener.listen(8)
    return listener


if __name__ == "__main__":
    main(*sys.argv[1:])
