"""The one store behind all ports: each room's queries over one engine."""

from __future__ import annotations

from sqlalchemy import Engine

from worker.storage.alert import AlertQueries
from worker.storage.cap import CapQueries
from worker.storage.desk import DeskQueries
from worker.storage.keep import KeepQueries
from worker.storage.link import LinkQueries
from worker.storage.poll import PollQueries
from worker.storage.read import ReadQueries
from worker.storage.words import WordQueries


class Store(
    PollQueries, ReadQueries, LinkQueries, AlertQueries, DeskQueries, KeepQueries, WordQueries, CapQueries
):
    """All rooms' queries; a service sees only the port it asks for."""

    def __init__(self, engine: Engine) -> None:
        """Work on this engine; the caller disposes of it."""
        self.engine = engine
