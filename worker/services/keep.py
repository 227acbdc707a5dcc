"""The keep room: chores that are done every so often, each on its own, none twice at a time for long."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog

from worker.domain.model import Notice
from worker.errors import MarsadError
from worker.ports import Clock

log = structlog.get_logger("marsad.keep")

SILENT_AFTER = timedelta(minutes=30)
"""When no feed that was polled within this time has answered, the fault is probably on our side."""


class KeepStore(Protocol):
    """What the keep room reads and writes."""

    def prune(self, *, loose_before: datetime, story_before: datetime, limit: int = 500) -> dict[str, int]:
        """Remove one batch of old rows; counts by kind."""
        ...

    def prunable(self, *, loose_before: datetime, story_before: datetime) -> dict[str, int]:
        """Count what `prune` would remove in all."""
        ...

    def reached(self, since: datetime) -> tuple[int, int]:
        """Enabled feeds polled since then, and those of them that answered."""
        ...

    def value(self, key: str) -> Any:
        """Recall a fact."""
        ...

    def set_value(self, key: str, value: Any, now: datetime) -> None:
        """Remember a fact."""
        ...

    def fill_words(self, limit: int = 500, *, now: datetime) -> int:
        """Take one batch of items of before the word index into it; how many were looked at."""
        ...

    def add_notices(self, notices: Sequence[Notice], now: datetime) -> list[Notice]:
        """Store notices; those that are new today come back."""
        ...


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do every so often. `do` may say in a few words what it did; an empty word logs nothing."""

    name: str
    every: timedelta
    do: Callable[[], str]


class KeepService:
    """Does the chores that are due. A chore that fails is told of and does not keep the others from running."""

    def __init__(self, store: KeepStore, chores: Sequence[Chore], clock: Clock) -> None:
        """Chores run in this order."""
        self._store, self._chores, self._clock = store, chores, clock

    def run(self) -> list[str]:
        """Do what is due; the names of what was done.

        The time is written down before the work, so that a chore that kills its process, or is doubled
        by a second beat, is not begun again at once.
        """
        done = []
        for chore in self._chores:
            now = self._clock()
            key = f"chore:{chore.name}"
            last = self._store.value(key)
            if last and datetime.fromisoformat(last) + chore.every > now:
                continue
            self._store.set_value(key, now.isoformat(), now)
            try:
                said = chore.do()
            except Exception as error:  # one broken chore must not stop retention, backups and the watchdog
                log.exception("chore failed", chore=chore.name)
                reason = str(error) if isinstance(error, MarsadError) else type(error).__name__
                text = f"The chore {chore.name!r} failed: {reason}. It is tried again in {chore.every}."
                self._store.add_notices([Notice("chore-failed", f"chore:{chore.name}", text, now)], now)
                continue
            if said:
                log.info("chore done", chore=chore.name, result=said)
            done.append(chore.name)
        return done


def retention(
    store: KeepStore, clock: Clock, *, keep: timedelta, keep_stories: timedelta, within_s: float = 20.0
) -> str:
    """Remove what is too old, batch by batch, for as long as a task may take; the rest next time."""
    until, total = time.monotonic() + within_s, dict[str, int]()
    while time.monotonic() < until:
        now = clock()
        gone = store.prune(loose_before=now - keep, story_before=now - keep_stories)
        for kind, count in gone.items():
            total[kind] = total.get(kind, 0) + count
        if not any(gone.values()):
            break
    return ", ".join(f"{count} {kind}" for kind, count in total.items() if count)


def fill_words(store: KeepStore, clock: Clock, *, within_s: float = 20.0) -> str:
    """Take what was read before there was a word index into it, for as long as a task may take."""
    until, total = time.monotonic() + within_s, 0
    while time.monotonic() < until:
        done = store.fill_words(now=clock())
        total += done
        if not done:
            break
    return f"{total} items taken into the word index" if total else ""


def watchdog(store: KeepStore, clock: Clock, *, free_bytes: Callable[[], int] | None = None) -> str:
    """Tell when nothing at all can be reached, and when the disk is nearly full."""
    now = clock()
    polled, answered = store.reached(now - SILENT_AFTER)
    found = []
    if polled and not answered:
        minutes = SILENT_AFTER.total_seconds() / 60
        text = (
            f"None of the {polled} feeds polled in the last {minutes:.0f} minutes answered. "
            "Is this machine's network up? Marsad goes on trying."
        )
        found.append(Notice("unreachable", "feeds", text, now))
    if free_bytes and (free := free_bytes()) < 500 * 1024 * 1024:
        text = (
            f"Only {free // 1024**2} MB are free where the database lies; make room, or Marsad stops storing."
        )
        found.append(Notice("disk", "home", text, now))
    new = store.add_notices(found, now) if found else []
    return " ".join(notice.text for notice in new)
