"""SQLite and PostgreSQL behind one store: tables, leases, queries and migrations."""
