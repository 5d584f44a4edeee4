"""Offers: drafted, approved, extended until a deadline, and what comes of them."""
