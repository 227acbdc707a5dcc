"""A database without our tables is a matter of one command, and that is what everybody is told."""

import pytest

from worker.errors import StorageError
from worker.ports import StoryFilter
from worker.storage.store import Store
from worker.storage.tables import metadata


def test_reading_before_any_migration_names_the_command_that_helps(engine):
    metadata.drop_all(engine)
    for ask in (lambda: Store(engine).stories(StoryFilter()), lambda: Store(engine).value("last_tick")):
        with pytest.raises(StorageError) as caught:
            ask()
        assert "marsad migrate" in str(caught.value)
        assert "\n" not in str(caught.value)
