"""Candidates and their accounts: profile, school, résumé, consent, sign-in, duplicates."""
