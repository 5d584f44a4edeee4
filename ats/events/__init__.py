"""The one event log: writing to it, what each type says, following it, forgetting its beginning."""
