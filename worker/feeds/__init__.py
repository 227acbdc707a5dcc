"""Fetching and parsing: bytes from outside under limits, as entries."""
