"""Webhooks, by the conventions of Standard Webhooks."""
