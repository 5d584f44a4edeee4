from __future__ import annotations

import nh3
from hypothesis import given
from hypothesis import strategies as st

from ats.common.tables.text import Cell, fold, labelled, one_line, rich, whole


def test_long_texts_stay_whole() -> None:
    text = "岗位职责：\n\n1、熟悉 C++\xa0与 Python；\n" + "任" * 11_000

    assert whole(text) == text


def test_what_postgresql_can_not_hold_is_taken_out() -> None:
    assert whole("a\x00b\udfff") == "ab\N{REPLACEMENT CHARACTER}"


def test_texts_are_composed_and_line_ends_are_plain() -> None:
    assert whole("Montre\u0301al\r\nQu\u00e9bec\r") == "Montréal\nQuébec"


def test_a_title_is_one_line() -> None:
    assert one_line("\tSite \r\n Reliability\u2028\x07Intern ") == "Site Reliability Intern"


def test_plain_text_stays_as_it_is() -> None:
    text = "R&D: a < b, C++ <3 years, 1<2>3 <中文>"

    assert rich(text) == text


def test_html_is_sanitised() -> None:
    html = '<p onclick="x()">Hi <a href="javascript:x()">there</a></p><script>x()</script>'

    assert rich(html) == '<p>Hi <a rel="noopener noreferrer">there</a></p>'


@given(st.text(alphabet="<>/&ab=\"' !-scriptonx()", max_size=60))
def test_what_is_stored_is_safe_to_show(text: str) -> None:
    stored = rich(text)

    assert not nh3.is_html(stored) or nh3.clean(stored) == stored


@given(st.text())
def test_any_text_can_be_stored(text: str) -> None:
    assert b"\x00" not in whole(text).encode()


def test_facts_without_a_column_get_a_line_each() -> None:
    assert labelled(("学历", "本科"), ("", "会写"), ("加分项", "")) == "学历: 本科\n会写"


def test_spellings_of_one_text_fold_together() -> None:
    assert fold(" ＡＩ\xa0 Intern\n") == fold("ai intern") == "ai intern"


def test_a_cell_gives_its_text_and_its_links() -> None:
    cell = Cell('<a href="https://a.example"><b>A &amp; B</b></a><br/>Oslo <img src="x">')

    assert (cell.text, cell.links) == ("A & B Oslo", ["https://a.example"])
