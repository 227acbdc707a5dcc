"""One tree of errors. Each says what is wrong, where, and what to do; shells print them as one line."""

from __future__ import annotations


class MarsadError(Exception):
    """The root; `exit_code` is what the command line ends with."""

    exit_code = 1

    def __init__(self, message: str, *, where: str = "", remedy: str = "") -> None:
        """Keep the three parts apart so that logs, CLI and page can each show them their way."""
        self.message, self.where, self.remedy = message, where, remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        """One line: place, fault, remedy."""
        parts = [f"{self.where}: {self.message}" if self.where else self.message]
        if self.remedy:
            parts.append(self.remedy)
        return " — ".join(parts)


class ConfigError(MarsadError):
    """A setting, a data file, a query or an address that a person must correct."""

    exit_code = 2


class QueryError(ConfigError):
    """A watch query that cannot be read; `column` counts from 1."""

    def __init__(self, message: str, *, column: int, where: str = "", remedy: str = "") -> None:
        """Point at the column so that an editor can mark it."""
        self.column = column
        super().__init__(f"column {column}: {message}", where=where, remedy=remedy)


class StorageError(MarsadError):
    """The database refused or is not there."""


class FetchError(MarsadError):
    """A fetch that failed for a reason that belongs to the other side or the way there.

    `kind` is a stable word that health shows and policy decides on: `dns`, `connect`, `tls`,
    `timeout`, `too-large`, `refused-address`, `redirect`, `http`, `rate-limited`, `gone`, `not-a-feed`.
    """

    def __init__(
        self,
        message: str,
        *,
        kind: str,
        status: int | None = None,
        retry_after_s: float | None = None,
        where: str = "",
        remedy: str = "",
    ) -> None:
        """Carry what policy decides on besides the sentence."""
        self.kind, self.status, self.retry_after_s = kind, status, retry_after_s
        super().__init__(message, where=where, remedy=remedy)


class ParseError(MarsadError):
    """Bytes that no parser could make entries from."""
