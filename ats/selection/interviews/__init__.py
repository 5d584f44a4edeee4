"""Interviews: slots of a panel, who takes which, and the calendars that show it."""
