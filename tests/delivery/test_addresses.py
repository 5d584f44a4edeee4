"""Where webhooks may go: public addresses over https, judged after resolution and pinned."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from ats.common.webhook_urls import url_fault
from ats.delivery.channels.webhook.addresses import may_reach, resolve
from ats.delivery.outcomes import PermanentFailure, TransientFailure


@pytest.mark.parametrize(
    "address",
    [
        *["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"],
        *["224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1"],
        *["::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1"],
        *["::ffff:10.0.0.1", "::ffff:169.254.169.254", "::10.0.0.1"],
        *["64:ff9b::a00:1", "2002:a00:1::", "2002:7f00:1::1"],
    ],
)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert not may_reach(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "223.5.5.5", "2606:4700:4700::1111", "2400:3200::1"])
def test_a_public_address_is_allowed(address: str) -> None:
    assert may_reach(address)


def test_only_loopback_is_opened_by_the_setting(settings: Settings) -> None:
    settings.WEBHOOK_TO_LOOPBACK = True
    addresses = ["127.0.0.1", "::1", "10.0.0.1", "169.254.169.254"]

    assert [may_reach(address) for address in addresses] == [True, True, False, False]


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("https://hr.example.com/hook?a=b", ""),
        ("https://hr.example.com:8443/", ""),
        ("http://hr.example.com/", "not_https"),
        ("ftp://hr.example.com/", "not_https"),
        ("https://user:word@hr.example.com/", "user_name_or_fragment"),
        ("https://hr.example.com/#a", "user_name_or_fragment"),
        ("https://hr.example.com:22/", "port_not_allowed"),
        ("https://hr.example.com:99999/", "malformed"),
        ("https:///hook", "malformed"),
        ("https://hr.example.com/a b", "malformed"),
        ("https://hr.example.com/\r\nX: y", "malformed"),
        ("https://hr.еxample.com/", "malformed"),
    ],
)
def test_an_url_is_judged_by_its_looks(url: str, wrong: str) -> None:
    assert url_fault(url) == wrong


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]", "[::ffff:7f00:1]"]
)
def test_every_spelling_of_loopback_is_refused(host: str) -> None:
    with pytest.raises(TransientFailure, match=r"not public|not known"):
        resolve(f"https://{host}/")


def test_what_is_not_allowed_can_never_be_sent() -> None:
    with pytest.raises(PermanentFailure, match="not_https"):
        resolve("http://hr.example.com/")
