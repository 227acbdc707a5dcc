"""Puts the alert policy together from watches, lexicon and severity file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from worker.domain.alerting.index import WatchIndex
from worker.domain.alerting.lexical import LexiconIndex
from worker.domain.alerting.message import Wording
from worker.domain.alerting.policy import AlertPolicy
from worker.domain.alerting.severity import SeverityPolicy
from worker.domain.alerting.watch import Known, check
from worker.domain.model import Watch


def known_by(index: LexiconIndex, channels: Iterable[str]) -> Known:
    """What definitions of watches are checked against."""
    values = index.values()
    return Known(index, index, values, frozenset(values.closed["lang"]), frozenset(channels))


def make_policy(
    watches: Iterable[Watch],
    index: LexiconIndex,
    severity: Any,
    *,
    recipients: Mapping[str, Sequence[str]],
    editing: Iterable[str] = (),
    channel_names: Iterable[str] = (),
    base_url: str = "",
    fresh: timedelta = timedelta(hours=48),
) -> AlertPolicy:
    """Check every watch and bind it; raises `ConfigError` for the first that cannot be read.

    `severity` is the document of severity.yaml; `recipients` the configured channels and whom they
    reach; `channel_names` every name that watches may use.
    """
    known = known_by(index, channel_names)
    return AlertPolicy(
        index=WatchIndex.build(check(watch, known) for watch in watches),
        severity=SeverityPolicy.read(severity),
        wording=Wording(index, base_url),
        recipients=recipients,
        editing=frozenset(editing),
        fresh=fresh,
    )
