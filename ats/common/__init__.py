"""Pure helpers that know no model: anybody in `ats` may use them."""
