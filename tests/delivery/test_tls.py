"""Webhooks over TLS: to a pinned address, but only if the certificate there is the host's."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from ats.delivery.channels.webhook import http
from ats.delivery.channels.webhook.addresses import Target
from ats.delivery.channels.webhook.http import Answer, post
from ats.delivery.outcomes import TransientFailure
from tests.certificates import Authority
from tests.receivers import Receiver, answer, receiving

HOST = "hooks.test"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[Authority]:
    """The authority, among those that OpenSSL trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    http._tls.cache_clear()
    yield authority
    http._tls.cache_clear()


def send(receiver: Receiver) -> Answer:
    """To where `hooks.test` was found to be."""
    port = urlsplit(receiver.url).port or 0
    return post(Target("https", HOST, port, "/hook", "127.0.0.1"), b"{}", {"webhook-id": "1"})


def test_the_hosts_own_certificate_is_good_at_the_pinned_address(trusted: Authority) -> None:
    with receiving(answer(204), tls=trusted.server(HOST)) as receiver:
        answered = send(receiver)

    assert (answered, receiver.ids) == (Answer(204, ""), ["1"])


@pytest.mark.parametrize(
    ("host", "until", "kind"),
    [
        ("other.test", timedelta(days=1), "CertificateError"),
        (HOST, timedelta(days=-1), "SSLCertVerificationError"),
    ],
)
def test_anothers_or_an_old_certificate_is_a_failure_and_nothing_is_told(
    trusted: Authority, host: str, until: timedelta, kind: str
) -> None:
    shown = trusted.server(host, until=until)

    with receiving(answer(204), tls=shown) as receiver, pytest.raises(TransientFailure) as refused:
        send(receiver)

    assert (str(refused.value), receiver.received) == (f"no proper answer ({kind})", [])


def test_a_certificate_of_nobody_we_trust_is_a_failure(authority: Authority) -> None:
    with (
        receiving(answer(204), tls=authority.server(HOST)) as receiver,
        pytest.raises(TransientFailure) as refused,
    ):
        send(receiver)

    assert (str(refused.value), receiver.received) == (
        "no proper answer (SSLCertVerificationError)",
        [],
    )


def test_a_receiver_that_speaks_no_tls_is_a_failure() -> None:
    with receiving(answer(204)) as receiver, pytest.raises(TransientFailure):
        send(receiver)


def test_an_old_version_of_tls_is_refused(trusted: Authority) -> None:
    assert http._tls().minimum_version >= ssl.TLSVersion.TLSv1_2
