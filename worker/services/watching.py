"""Keeps the policy in force: watches are read again when they change, and a bad one spoils no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import structlog

from worker.domain.alerting.policy import AlertPolicy
from worker.domain.alerting.watch import Rule
from worker.domain.model import Notice, Watch
from worker.errors import ConfigError
from worker.ports import Clock, DeliverStore, JudgeStore

log = structlog.get_logger()


@dataclass(slots=True)
class PolicySource:
    """Call it for the policy; it looks at the watches' mark and binds them again only when that changed."""

    store: JudgeStore
    notices: DeliverStore
    check: Callable[[Watch], Rule]
    assemble: Callable[[Sequence[Rule]], AlertPolicy]
    clock: Clock
    _mark: str = field(default="", repr=False)
    _policy: AlertPolicy | None = field(default=None, repr=False)
    _good: dict[str, Rule] = field(default_factory=dict, repr=False)

    def __call__(self) -> AlertPolicy:
        """Give the policy for the watches as they are now."""
        mark = self.store.watches_mark()
        if self._policy is None or mark != self._mark:
            self._policy = self.assemble(self._rules())
            self._mark = mark
        return self._policy

    def _rules(self) -> list[Rule]:
        """Check each watch; one that cannot be read keeps its last good form and makes a notice."""
        rules: list[Rule] = []
        for watch in self.store.watches():
            try:
                rule = self.check(watch)
            except ConfigError as fault:
                log.warning("watch_refused", watch=watch.name, reason=str(fault))
                notice = Notice("watch-refused", f"watch:{watch.name}", str(fault), self.clock())
                self.notices.add_notices([notice], self.clock())
                if watch.name in self._good:
                    rules.append(self._good[watch.name])
                continue
            rules.append(rule)
        self._good = {rule.name: rule for rule in rules}
        return rules
