"""Signatures, against the example that the Standard Webhooks specification gives."""

from __future__ import annotations

from ats.delivery.channels.webhook.signing import headers, signature

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_the_example_of_the_specification() -> None:
    signed = signature(
        SECRET, id="msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp=1614265330, body=b'{"test": 2432232314}'
    )

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_two_secrets_give_two_signatures_the_newest_first() -> None:
    message = {"id": "a", "timestamp": 1, "body": b"{}"}
    both = headers([SECRET, "whsec_AAAA"], **message)  # type: ignore[arg-type]

    assert both == {
        "webhook-id": "a",
        "webhook-timestamp": "1",
        "webhook-signature": f"{signature(SECRET, **message)} {signature('whsec_AAAA', **message)}",  # type: ignore[arg-type]
    }
