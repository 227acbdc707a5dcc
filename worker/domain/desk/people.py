"""Who may do what on the page and through the API."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an account may do; each includes the ones before it."""

    VIEWER = "viewer"
    """Reads everything."""
    ANALYST = "analyst"
    """Acknowledges, corrects stories, edits watches."""
    ADMIN = "admin"
    """Feeds, accounts, tokens."""

    def includes(self, other: Role) -> bool:
        """Whether this role may do what the other one may."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(other)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was let in, by session or by token."""

    name: str
    role: Role
    secret: str = ""
    """What the session's form tokens are made from; empty for an API token, which needs none."""


SCOPES = {"read": Role.VIEWER, "write": Role.ANALYST, "admin": Role.ADMIN}
"""Scopes of API tokens and the roles that they stand for."""


def role_of(scopes: list[str] | tuple[str, ...]) -> Role:
    """The greatest role among scopes; a token without any known scope may only read."""
    roles = [SCOPES[scope] for scope in scopes if scope in SCOPES]
    return max(roles, key=list(Role).index, default=Role.VIEWER)
