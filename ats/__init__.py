"""The domain of internship seasons: tables, verbs, deliveries. No HTTP in here."""
