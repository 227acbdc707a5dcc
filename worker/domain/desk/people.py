"""Who may do what on the page and through the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


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


@dataclass(frozen=True, slots=True)
class SignOn:
    """Who may come in by way of an OpenID Connect provider, and as what."""

    domains: frozenset[str] = frozenset()
    """Of verified e-mail addresses; empty: any."""
    claim: str = "groups"
    roles: Mapping[str, Role] = field(default_factory=dict)
    """Value of the claim to role; the greatest counts."""
    fallback: Role | None = None
    """The role of who carries none of them; None: not let in."""

    def admit(self, claims: Mapping[str, Any]) -> tuple[str, Role] | str:
        """Name and role of who carries these claims, or why they are not let in."""
        email = str(claims.get("email", "")).casefold()
        if self.domains:
            if not email or claims.get("email_verified") not in (True, "true"):
                return "the provider vouches for no e-mail address of yours"
            if email.rpartition("@")[2] not in self.domains:
                return f"addresses of {email.rpartition('@')[2]} are not let in"
        held = claims.get(self.claim)
        listed = held if isinstance(held, list) else [held]
        values = {value for value in listed if isinstance(value, str)}
        found = [self.roles[value] for value in values if value in self.roles]
        role = max(found, key=list(Role).index, default=self.fallback)
        if role is None:
            return f"your account there carries no {self.claim} that is let in here"
        name = email or str(claims.get("preferred_username") or claims.get("sub") or "")
        return (name[:80], role) if name else "the provider does not say who you are"


SCOPES = {"read": Role.VIEWER, "write": Role.ANALYST, "admin": Role.ADMIN}
"""Scopes of API tokens and the roles that they stand for."""


def role_of(scopes: list[str] | tuple[str, ...]) -> Role:
    """The greatest role among scopes; a token without any known scope may only read."""
    roles = [SCOPES[scope] for scope in scopes if scope in SCOPES]
    return max(roles, key=list(Role).index, default=Role.VIEWER)
