"""Plans that do not depend on statistics, for the statements that run all day.

A table that was analysed while nothing was due lets the planner believe that one row is due; then ten
thousand are, and a plan for one row takes minutes. So such a statement is written so that one plan is left:

- its conditions and its order are those of one index. Where the primary key gives the order too, the order
  names another column first, and a range stands for an equality: `key >= x AND (key, id) < (x, y)`;
- what is looked up for a row is LATERAL, with OFFSET 0 or LIMIT, or a scalar subquery;
- rows are changed by `id = ANY(ARRAY(SELECT ...))`, and never joined to the relation that names them;
- where it runs in a transaction of its own, all other kinds of plans are switched off.

`tests/statistics/` counts the rows that each statement visits.
"""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper

OTHER_PLANS = (
    *("enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin"),
    *("enable_sort", "enable_incremental_sort"),  # the order is that of the index, wherever there is one
)
PIN = ", ".join(f"set_config('{name}', 'off', true)" for name in OTHER_PLANS)
LOCK_AND_PIN = f"SELECT pg_advisory_xact_lock(%s), {PIN}"


def lock_and_pin(cursor: CursorWrapper, lock: int) -> None:
    """Wait to be the only one with this advisory lock, and pin the plans, until the transaction ends."""
    cursor.execute(LOCK_AND_PIN, [lock])


def pin(cursor: CursorWrapper) -> None:
    """Pin the plans until the transaction ends."""
    cursor.execute(f"SELECT {PIN}")
