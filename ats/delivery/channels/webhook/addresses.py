"""Which addresses webhooks may go to: public ones. Judged on what a name resolves to, then pinned."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from ats.common.webhook_urls import url_fault
from ats.delivery.outcomes import PermanentFailure, TransientFailure

NAT64 = IPv6Network("64:ff9b::/96")
IPv4_COMPATIBLE = IPv6Network("::/96")


class Target(NamedTuple):
    """Where a URL leads: `address` is what its host resolved to just now."""

    scheme: str
    host: str
    port: int
    path: str
    address: str


def resolve(url: str) -> Target:
    """Where to connect to.

    Raises PermanentFailure for what is never allowed, TransientFailure for an unknown host.

    Every address of the host must be public: one that is not is taken for an attack.
    """
    if wrong := url_fault(url):
        raise PermanentFailure(f"the URL is not allowed: {wrong}")
    parts = urlsplit(url)
    host = str(parts.hostname)
    port = parts.port or {"https": 443, "http": 80}[parts.scheme]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise TransientFailure("the host is not known") from error
    addresses = [str(row[4][0]) for row in found]
    if not addresses or not all(may_reach(address) for address in addresses):
        raise TransientFailure("the host has an address that is not public")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path, addresses[0])


def may_reach(text: str) -> bool:
    """Whether an address is public, and so is every address inside it."""
    address = ip_address(text.partition("%")[0])
    if settings.WEBHOOK_TO_LOOPBACK and address.is_loopback:
        return True
    return all(one.is_global and not one.is_multicast for one in [address, *_inside(address)])


def _inside(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, IPv4Address):
        return []
    low = IPv4Address(int(address) & 0xFFFF_FFFF)
    carried = [low] if address in NAT64 or address in IPv4_COMPATIBLE else []
    return carried + [a for a in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())) if a]
