"""Plans that do not depend on statistics, for the statements that run all day.

A table that was analysed while nothing was due lets the planner believe that one row is due; then ten
thousand are, and a plan for one row takes minutes. So such a statement has conditions that one index alone
can serve, and joins row by row from the few to the many: this switches everything else off.
"""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper

OTHER_PLANS = ("enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin")
PIN = ", ".join(f"set_config('{name}', 'off', true)" for name in OTHER_PLANS)
LOCK_AND_PIN = f"SELECT pg_advisory_xact_lock(%s), {PIN}"


def lock_and_pin(cursor: CursorWrapper, lock: int) -> None:
    """Wait to be the only one with this advisory lock, and pin the plans, until the transaction ends."""
    cursor.execute(LOCK_AND_PIN, [lock])
