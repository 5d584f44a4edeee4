"""Mail without a mail server: kept in a Maildir, shown at /mailbox/."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client

from web.mailbox import maildir


@pytest.fixture(autouse=True)
def _own_mailbox(settings: LazySettings, tmp_path: Path) -> None:
    settings.MAILBOX_DIR = str(tmp_path / "mail")


def send(subject: str, *, to: str, text: str = "Hello", html: str = "") -> None:
    mail = EmailMultiAlternatives(
        subject, text, to=[to], connection=get_connection("backend.mailbox.MaildirBackend")
    )
    if html:
        mail.attach_alternative(html, "text/html")
    mail.send()


def as_json(client: Client, **query: str) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = client.get("/mailbox/messages.json", query).json()["messages"]
    return messages


def test_a_message_is_kept_whole(client: Client) -> None:
    send(
        "进展 – update",
        to="李雷 <lei@example.org>",
        text="你好\n.\nFrom here\n",
        html="<p>你好</p>",
    )
    [letter] = as_json(client)
    del letter["key"], letter["sent"]
    assert letter == {
        "sender": "Intake <intake@localhost>",
        "to": "李雷 <lei@example.org>",
        "subject": "进展 – update",
        "text": "你好\n.\nFrom here\n",
        "html": "<p>你好</p>",
    }


def test_a_long_subject_begins_with_its_first_letter(client: Client) -> None:
    subject = "溯湖集团：您的投递进入「筛选中」，请留意后续通知"
    send(subject, to="a@example.org")
    assert [letter["subject"] for letter in as_json(client)] == [subject]


def test_the_newest_comes_first(client: Client) -> None:
    for subject in ("first", "second", "third"):
        send(subject, to="a@example.org")
    assert [letter["subject"] for letter in as_json(client)] == ["third", "second", "first"]


def test_letters_are_found_by_recipient(client: Client) -> None:
    send("for Ann", to="Ann@example.org")
    send("for Bob", to="bob@example.org")
    assert [letter["subject"] for letter in as_json(client, to="ann@")] == ["for Ann"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "No mail yet. Ask for a sign-in code and it will land here."),
        ("zh-hans", "还没有邮件。请求一个登录验证码，它就会出现在这里。"),
    ],
)
def test_an_empty_mailbox_says_so(client: Client, language: str, words: str) -> None:
    page = client.get("/mailbox/", headers={"accept-language": language})
    assert words in page.content.decode()


def test_markup_in_a_message_is_shown_and_not_run(client: Client) -> None:
    send("<script>alert(1)</script>", to="a@example.org", text="<img src=x onerror=alert(1)>")
    [letter] = as_json(client)
    pages = client.get("/mailbox/").content + client.get(f"/mailbox/{letter['key']}").content
    assert b"<script" not in pages
    assert b"<img" not in pages


def test_the_html_part_is_sandboxed(client: Client) -> None:
    send("hello", to="a@example.org", html="<script>alert(1)</script>")
    [letter] = as_json(client)
    answer = client.get(f"/mailbox/{letter['key']}/html")
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert answer.headers["Content-Security-Policy"] == (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
    )


@pytest.mark.parametrize("key", ["unknown", "..", "%2e%2e%2f%2e%2e%2fmanage.py"])
def test_an_unknown_letter_is_not_found(client: Client, key: str) -> None:
    assert client.get(f"/mailbox/{key}").status_code == 404


def test_a_search_reads_the_rest_of_no_mail_but_those_it_shows(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        send("subject", to=f"person{number}@example.org")
    parsed: list[str] = []
    whole = maildir.read

    def counted(file: os.DirEntry[str]) -> maildir.Mail:
        parsed.append(file.name)
        return whole(file)

    monkeypatch.setattr(maildir, "read", counted)

    found = as_json(client, to="Person3@")

    assert ([mail["to"] for mail in found], len(parsed)) == (["person3@example.org"], 1)
