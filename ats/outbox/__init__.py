"""Who must hear of an event, decided in the transaction that wrote it, and waking a worker afterwards."""
