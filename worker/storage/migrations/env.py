"""Alembic's entry: works on the connection that `worker.storage.migrate` hands over."""

from alembic import context

from worker.storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
