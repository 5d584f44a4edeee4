"""Templates that an organisation writes: variables, and nothing that runs."""

from __future__ import annotations

import pytest

from ats.delivery.mails.templating import as_html, fill, fill_html, fill_line, mistakes

KNOWN = {"candidate.name", "stage.name"}


def test_variables_are_replaced_once_and_the_rest_is_text() -> None:
    facts = {"candidate.name": "{{ stage.name }} {% now %}", "stage.name": "Offer"}

    assert fill("Dear {{candidate.name}}: {{ stage.name }}", facts) == (
        "Dear {{ stage.name }} {% now %}: Offer"
    )


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Dear {{ candidate.name }}", []),
        ("{{ settings.secret_key }}", ["settings.secret_key"]),
        ("{{ candidate.name.__class__ }}", ["candidate.name.__class__"]),
        ("{{ candidate.name|upper }}", ["{{", "}}"]),
        ("{% include 'x' %}", ["{%", "%}"]),
        ("{{ candidate.name", ["{{"]),
    ],
)
def test_what_is_no_variable_is_named(text: str, wrong: list[str]) -> None:
    assert mistakes(text, known=KNOWN) == wrong


def test_a_name_can_not_break_out_of_a_header_or_of_html() -> None:
    facts = {"candidate.name": "<b>Li</b>\r\nBcc: all@example.com"}

    assert fill_line("For {{ candidate.name }}", facts) == "For <b>Li</b> Bcc: all@example.com"
    assert fill_html("<p>{{ candidate.name }}", facts).startswith("<p>&lt;b&gt;Li&lt;/b&gt;")


def test_text_becomes_paragraphs() -> None:
    assert as_html("A & B\nC\n\nD") == "<p>A &amp; B<br>C</p>\n<p>D</p>"
