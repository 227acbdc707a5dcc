"""Puts the alert policy together from watches, lexicon and severity file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from worker.domain.alerting.around import Silences
from worker.domain.alerting.index import WatchIndex
from worker.domain.alerting.lexical import LexiconIndex
from worker.domain.alerting.message import Wording
from worker.domain.alerting.policy import AlertPolicy
from worker.domain.alerting.severity import SeverityPolicy
from worker.domain.alerting.telling import Telling
from worker.domain.alerting.watch import Known, Rule


def known_by(index: LexiconIndex, channels: Iterable[str]) -> Known:
    """What definitions of watches are checked against."""
    values = index.values()
    return Known(index, index, values, frozenset(values.closed["lang"]), frozenset(channels))


def make_policy(
    rules: Iterable[Rule],
    index: LexiconIndex,
    severity: SeverityPolicy,
    *,
    recipients: Mapping[str, Sequence[str]],
    editing: Iterable[str] = (),
    base_url: str = "",
    mark: str = "",
    fresh: timedelta = timedelta(hours=48),
) -> AlertPolicy:
    """Put checked watches, the lexicon's names and the severity file together.

    `recipients` are the configured channels and whom they reach; `editing` those of them that change
    a sent message in place.
    """
    return AlertPolicy(
        index=WatchIndex.build(rules),
        severity=severity,
        silences=Silences(index, index.values()),
        telling=Telling(Wording(index, base_url, mark), recipients, frozenset(editing)),
        fresh=fresh,
    )
