"""Alembic's entry: runs migrations in the transaction that `upgrading` opened."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=False)
context.run_migrations()
