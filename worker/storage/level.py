"""The level of the database, where a command can look without importing the query compiler."""

HEAD = "0005"
"""The newest revision under `migrations/versions`; a test holds this and the tables to it."""
