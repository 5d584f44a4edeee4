from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ats.selection.interviews.matching import Diary, Seat, Span, Wish, match

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def half_hour(number: int) -> Span:
    return Span(NINE + timedelta(minutes=30 * number), NINE + timedelta(minutes=30 * number + 30))


def test_seats_of_the_own_track_go_before_seats_for_anybody() -> None:
    anybody, mine = Seat(1, None, half_hour(0)), Seat(2, 7, half_hour(1))
    wishes = [Wish(10, 100, 7), Wish(11, 101, 8)]

    assert match(wishes, [anybody, mine], Diary()) == {10: mine, 11: anybody}


def test_nobody_gets_a_seat_while_they_are_elsewhere() -> None:
    early, late = Seat(1, None, half_hour(0)), Seat(2, None, half_hour(1))

    busy = Diary({100: [Span(NINE + timedelta(minutes=15), NINE + timedelta(minutes=30))]})

    assert match([Wish(10, 100, 7)], [early, late], busy) == {10: late}


wishes = st.lists(
    st.builds(Wish, st.integers(1, 99), st.integers(1, 6), st.integers(1, 3)),
    max_size=12,
    unique_by=lambda wish: wish.application,
)
seats = st.lists(
    st.builds(Seat, st.integers(1, 99), st.none() | st.integers(1, 3), st.integers(0, 5).map(half_hour)),
    max_size=12,
    unique_by=lambda seat: seat.slot,
)


@given(wishes, seats)
def test_no_seat_is_given_twice_nobody_is_in_two_and_no_fitting_one_stays_empty(
    wishes: list[Wish], seats: list[Seat]
) -> None:
    given_out = match(wishes, seats, Diary())

    of = {wish.application: wish for wish in wishes}
    assert len({seat.slot for seat in given_out.values()}) == len(given_out)
    diary = Diary()
    for application, seat in given_out.items():
        assert seat.track in {None, of[application].track}
        assert diary.is_free(of[application].person, seat.span)
        diary.add(of[application].person, seat.span)
    left = [seat for seat in seats if seat not in given_out.values()]
    for wish in wishes:
        if wish.application not in given_out:
            assert not [
                seat
                for seat in left
                if seat.track in {None, wish.track} and diary.is_free(wish.person, seat.span)
            ]
