"""SQL that Django's ORM has no word for, as expressions and fields."""

from __future__ import annotations

from typing import Any

from django.db import models


class LocalMidnight(models.Func):
    """The instant at which day `date` + `days` begins in time zone `zone`."""

    function = "timezone"
    template = "%(function)s(%(zone)s, (%(date)s + %(days)s)::timestamp)"
    output_field = models.DateTimeField()

    def __init__(self, zone: str, date: str, *, days: int) -> None:
        super().__init__(models.F(zone), models.F(date), days=days)

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:  # type: ignore[override]
        zone, date = (compiler.compile(source) for source in self.get_source_expressions())
        sql = self.template % {
            "function": self.function,
            "zone": zone[0],
            "date": date[0],
            "days": int(self.extra["days"]),
        }
        return sql, (*zone[1], *date[1])


class LocalDay(models.Func):
    """The day on which the instants of range `during` begin in time zone `zone`."""

    output_field = models.DateField()

    def __init__(self, zone: str, during: str) -> None:
        super().__init__(models.F(zone), models.F(during))

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:  # type: ignore[override]
        zone, during = (compiler.compile(source) for source in self.get_source_expressions())
        return f"timezone({zone[0]}, lower({during[0]}))::date", (*zone[1], *during[1])


class TransactionId(models.Func):
    """The id of the running transaction, 64 bits wide and so never reused."""

    function = "pg_current_xact_id"
    arity = 0


class TransactionIdField(models.Field):  # type: ignore[type-arg]
    """PostgreSQL's `xid8`: the transaction that wrote a row."""

    def db_type(self, connection: object) -> str:
        return "xid8"

    def from_db_value(self, value: object, *_: object) -> int | None:
        return None if value is None else int(str(value))

    def get_prep_value(self, value: object) -> str | None:
        return None if value is None else str(value)
