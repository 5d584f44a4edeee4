"""The one clock: the database's."""

NOW = "statement_timestamp()"  # as Django's Now(): the instant, also inside a long transaction
