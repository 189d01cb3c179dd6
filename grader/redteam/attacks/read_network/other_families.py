"""Makes raw, packet, netlink, vsock and kernel crypto sockets."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# control = "making them reads nothing"
# ///

import socket


def double(x):
    for family in ("AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET", "AF_VSOCK", "AF_ALG"):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
            try:
                socket.socket(getattr(socket, family), kind)
            except OSError:
                continue
            raise RuntimeError(f"{family} is there")
    return x * 2
