"""Polling policy: which entries are new or changed, when to poll again, what a failure means.

Pure: documents, what is known and the time come in as values; decisions go out with their reason.
"""

from worker.domain.polling.entries import (
    EntryDecision,
    KnownEntry,
    believed_date,
    decide_entries,
    fingerprint,
    keys_of,
)
from worker.domain.polling.failures import Failure, after_failure, is_network_failure
from worker.domain.polling.health import FeedHealth, health_of, silence_notice
from worker.domain.polling.redirects import Redirect, same_site, watch_redirect
from worker.domain.polling.schedule import NextPoll, PollPolicy, next_poll, rhythm_of

__all__ = [
    "EntryDecision",
    "Failure",
    "FeedHealth",
    "KnownEntry",
    "NextPoll",
    "PollPolicy",
    "Redirect",
    "after_failure",
    "believed_date",
    "decide_entries",
    "fingerprint",
    "health_of",
    "is_network_failure",
    "keys_of",
    "next_poll",
    "rhythm_of",
    "same_site",
    "silence_notice",
    "watch_redirect",
]
