from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from ats.common.tables.outcomes import LeftOut
from ats.postings.importing.duplicates import Settled, settle
from ats.postings.importing.rows import PostingRow

ROW = PostingRow(
    number=1,
    external_id="a",
    title="Software Intern",
    employer="Harbour",
    programme="Summer 2027",
    locations=("Oslo", "Bergen"),
    url="https://h.example/a",
)
CLOSED = replace(ROW, is_open=False)


def row(number: int, external_id: str, like: PostingRow = ROW, **facts: object) -> PostingRow:
    """A row at an address of its own unless `facts` give another."""
    own = {"external_id": external_id, "url": f"https://h.example/{external_id}"}
    return replace(like, number=number, **{**own, **facts})  # type: ignore[arg-type]


def kept(settled: Settled) -> list[int]:
    return [each.number for each in settled.rows]


def codes(left_out: Iterable[LeftOut]) -> list[tuple[int, str]]:
    return [(each.number, each.code) for each in left_out]


def test_a_row_that_stands_twice_is_one_job() -> None:
    settled = settle([ROW, replace(ROW, number=2)], stored=frozenset())

    assert settled == Settled((ROW,), (LeftOut(2, "same_id", "Row 1 has the same id: 'a'."),), ())


def test_an_id_on_two_jobs_overwrites_neither() -> None:
    other = row(2, "a", title="Cook", employer="Canteen", url="https://h.example/cook")

    settled = settle([ROW, other], stored=frozenset())

    sentence = (
        "The id 'a' stands on two jobs: "
        "'Software Intern' (Harbour) in row 1 was kept, 'Cook' (Canteen) left out."
    )
    assert settled == Settled((ROW,), (), (LeftOut(2, "same_id_other_job", sentence),))


def test_one_address_is_one_job_whatever_it_is_called() -> None:
    settled = settle([ROW, row(2, "b", title="SWE Intern", url=ROW.url)], stored=frozenset())

    assert settled.duplicates == (LeftOut(2, "same_url", "Row 1 has the same address: https://h.example/a"),)


def test_no_address_is_not_one_address() -> None:
    rows = [row(1, "a", url=""), row(2, "b", title="Cook", url="")]

    assert kept(settle(rows, stored=frozenset())) == [1, 2]


def test_rows_that_read_the_same_are_one_job() -> None:
    rows = [
        row(1, "a", CLOSED),
        row(2, "b", CLOSED, title="SOFTWARE  intern", locations=("Bergen", "Oslo")),
        row(3, "c", CLOSED, programme="Fall 2027"),
    ]

    settled = settle(rows, stored=frozenset())

    assert (kept(settled), codes(settled.duplicates)) == ([1, 3], [(2, "same_description")])


def test_requisitions_open_at_addresses_of_their_own_all_stay() -> None:
    rows = [row(1, "a"), row(2, "b"), row(3, "c", CLOSED), row(4, "d", url="")]

    settled = settle(rows, stored=frozenset())

    assert kept(settled) == [1, 2]
    assert codes(settled.duplicates) == [(3, "same_description"), (4, "same_description")]


def test_an_open_row_is_not_lost_to_a_closed_or_hidden_one() -> None:
    hidden = replace(ROW, is_visible=False)
    rows = [row(1, "a", CLOSED), row(2, "b", hidden, url=ROW.url), row(3, "c", url=ROW.url)]

    assert kept(settle(rows, stored=frozenset())) == [3]


def test_of_rows_alike_the_newest_stays() -> None:
    days = [datetime(2026, month, 1, tzinfo=UTC) for month in (3, 5, 4)]
    rows = [
        row(n, external_id, CLOSED, published_at=day)
        for n, external_id, day in zip((1, 2, 3), "abc", days, strict=True)
    ]

    assert kept(settle(rows, stored=frozenset())) == [2]


def test_what_is_stored_stays_to_hear_of_its_changes() -> None:
    rows = [row(1, "a", CLOSED), row(2, "b"), row(3, "c", CLOSED)]

    assert kept(settle(rows, stored=frozenset({"a"}))) == [1, 2]


def test_a_second_reading_prefers_what_the_first_has_stored() -> None:
    newer = datetime(2026, 5, 1, tzinfo=UTC)
    rows = [row(1, "a", CLOSED), row(2, "b", CLOSED, published_at=newer)]

    assert kept(settle(rows, stored=frozenset({"a"}))) == [1]
