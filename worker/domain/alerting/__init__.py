"""Alerting: the query language, watches, severity, alert policy, messages and digests."""
