"""The pure parts of the generator."""

import pytest

from ats.seasons.choices import share_out
from ats.seasons.weighted import Weighted, stream


@pytest.mark.parametrize(
    ("applications", "people", "most"), [(0, 0, 12), (1, 1, 1), (300, 25, 12), (5000, 2000, 12)]
)
def test_shares_add_up_and_stay_in_bounds(applications: int, people: int, most: int) -> None:
    shares = list(share_out(stream(1, "test"), applications, people, most))

    assert (len(shares), sum(shares)) == (people, applications)
    assert all(1 <= share <= most for share in shares)


def test_draws_follow_the_weights() -> None:
    random, table = stream(1, "test"), Weighted({"often": 9, "seldom": 1, "never": 0})

    draws = [table.draw(random) for _ in range(10_000)]

    assert 8_900 < draws.count("often") < 9_100
    assert draws.count("never") == 0


def test_streams_of_one_seed_differ() -> None:
    assert stream(1, "one").random() != stream(1, "other").random()
    assert stream(1, "one").random() == stream(1, "one").random()
