"""How many wrong codes may be tried for one mailbox: counted in the database, whoever tries from where.

The limits shrink: the longer somebody guesses, the fewer guesses a day are left. With at most ten
living codes of a million, a month of guessing finds one with a chance of 0.2 %.
"""

from __future__ import annotations

from datetime import timedelta

# At most so many wrong guesses within a period that ends now.
LIMITS: tuple[tuple[timedelta, int], ...] = (
    (timedelta(hours=1), 20),
    (timedelta(days=1), 60),
    (timedelta(days=30), 200),
)
LONGEST = max(period for period, _limit in LIMITS)

_IS_LEFT = " AND ".join(
    f"""(SELECT count(*) FROM unnest(b.guessed_at) guess
    WHERE guess > statement_timestamp() - interval '{period.total_seconds():.0f} seconds') < {limit}"""  # noqa: S608  (our own numbers)
    for period, limit in LIMITS
)
# One row while there is a guess left, and none when there is not. Guesses at one mailbox at once wait
# for each other here, so that each sees the others'.
SPEND_GUESS = f"""
INSERT INTO ats_guessbudget AS b (email, guessed_at)
VALUES (%(email)s, ARRAY[statement_timestamp()])
ON CONFLICT (email) DO UPDATE SET updated_at = statement_timestamp(), guessed_at = ARRAY(
    SELECT guess FROM unnest(b.guessed_at || statement_timestamp()) guess
    WHERE guess > statement_timestamp() - interval '{LONGEST.total_seconds():.0f} seconds'
    ORDER BY guess)
WHERE {_IS_LEFT}
RETURNING 1 AS guess
"""  # noqa: S608  (names of columns and our own numbers)
# The right code was no guess.
REFUND_GUESS = """
UPDATE ats_guessbudget SET guessed_at = trim_array(guessed_at, 1)
WHERE email = %(email)s AND cardinality(guessed_at) > 0
"""
