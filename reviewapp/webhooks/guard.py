"""Connections to addresses of outside alone, and none that lasts longer than it may.

A name is looked up once, at the moment of connecting, and the connection goes to the very address that was checked,
so that a name that changes its address in between (DNS rebinding) reaches nothing inside.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from httpcore2 import (
    SOCKET_OPTION,
    ConnectError,
    ConnectTimeout,
    NetworkBackend,
    NetworkStream,
    ReadTimeout,
    SyncBackend,
)

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
LOOK_UP_SECONDS = 2.0
#: Ways into IPv4 networks from IPv6: NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056), Teredo (RFC 4380), and addresses
#: that stand for ones of IPv4 (RFC 2765, section 2.1; RFC 4291, section 2.5.5.1).
TRANSLATED = [
    ipaddress.IPv6Network(written)
    for written in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::ffff:0:0:0/96", "::/96")
]
#: Public by its number, but of the machine's own cloud: there Azure gives machines their settings and secrets.
OF_THE_CLOUD = ipaddress.IPv4Address("168.63.129.16")


#: The longest part of a name between two dots (RFC 1035, section 2.3.4).
LABEL_CHARACTERS = 63


class AddressRefused(ConnectError):  # noqa: N818  what it is, not an error to mend
    """A name stands for an address inside this network."""


def is_outside(address: Address, allowed: Sequence[Network]) -> bool:
    """Whether an address is public, or in one of the networks that the operator allows."""
    inner = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    checked = inner or address
    if any(checked in network for network in allowed if network.version == checked.version):
        return True
    if checked == OF_THE_CLOUD or not checked.is_global or checked.is_multicast:
        return False
    if isinstance(checked, ipaddress.IPv4Address):
        return True
    # NB: site-local addresses (fec0::/10) were given up by RFC 3879, and are routed where they are still in use.
    return not checked.is_site_local and not any(checked in network for network in TRANSLATED)


def is_address(url: str) -> bool:
    """Whether a URL can be sent to as it is written: plain characters, a name and a port that there can be."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    fits = all(1 <= len(label) <= LABEL_CHARACTERS for label in host.removesuffix(".").split("."))
    return fits and port != 0 and url.isascii() and url.isprintable() and " " not in url


def is_inside(host: str, allowed: Sequence[Network]) -> bool:
    """Whether a name stands for an address of inside now; not where that is not known within `LOOK_UP_SECONDS`."""
    try:
        found = _addresses(host, None, LOOK_UP_SECONDS)
    except (OSError, UnicodeError):
        return False
    return not all(is_outside(address, allowed) for address in found)


def _addresses(host: str, port: int | None, seconds: float) -> list[Address]:
    """What a name stands for. Raises OSError or UnicodeError; TimeoutError after so many seconds."""
    # NB: the system's look-up knows no limit, and one that hangs is left to itself.
    pool = ThreadPoolExecutor(1)
    try:
        found = pool.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM).result(max(0.0, seconds))
    finally:
        pool.shutdown(wait=False)
    return [ipaddress.ip_address(str(one[4][0])) for one in found]


class Guarded(NetworkBackend):
    """Opens connections to addresses of outside; each ends at `deadline`, in seconds of the monotonic clock."""

    def __init__(self, allowed: Sequence[Network], deadline: float) -> None:
        self._allowed, self._deadline = allowed, deadline
        self._plain = SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        try:
            addresses = _addresses(host, port, self._left())
        except TimeoutError:
            raise ConnectTimeout from None
        except (OSError, UnicodeError) as error:
            raise ConnectError(str(error)) from None
        if not addresses or not all(is_outside(address, self._allowed) for address in addresses):
            raise AddressRefused
        left = self._left()
        if left <= 0:
            raise ConnectTimeout
        timeout = left if timeout is None else min(left, timeout)
        stream = self._plain.connect_tcp(str(addresses[0]), port, timeout, local_address, socket_options)
        return _Timed(stream, self._deadline)

    def _left(self) -> float:
        return self._deadline - time.monotonic()


class _Timed(NetworkStream):
    """A stream whose reads and writes all end by the deadline, however slowly the other side sends."""

    def __init__(self, stream: NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def _left(self, timeout: float | None) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise ReadTimeout
        return left if timeout is None else min(left, timeout)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _Timed(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
