"""Letting people in: passwords, login links, sessions, tokens, and a brake on guessing."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from worker.domain.desk.people import SCOPES, Person, Role
from worker.errors import ConfigError
from worker.ports import Clock

LINK_FOR = timedelta(hours=24)
TRIES = 10
"""Wrong passwords for one name or from one address within `WINDOW` before the door stays shut."""
WINDOW = timedelta(minutes=10)
LOCAL = "local"
"""Who comes in by the login link of this machine."""


class AccountLike(Protocol):
    """An account as this needs it."""

    @property
    def id(self) -> int:
        """Its number."""
        ...

    @property
    def name(self) -> str:
        """Its login name."""
        ...

    @property
    def role(self) -> Role:
        """What it may do."""
        ...


class People(Protocol):
    """What access keeps (`worker.storage.access.AccessStore`)."""

    def accounts(self) -> Sequence[AccountLike]:
        """All accounts."""
        ...

    def password_of(self, name: str) -> tuple[AccountLike, str] | None:
        """An enabled account with its hash."""
        ...

    def save_account(self, name: str, hashed: str | None, role: Role, now: datetime) -> None:
        """Add or change."""
        ...

    def rehash(self, account: int, hashed: str) -> None:
        """The same password, hashed anew."""
        ...

    def begin_session(self, person: Person, user_id: int | None, now: datetime) -> str:
        """Open a session; its secret."""
        ...

    def session(self, token: str, now: datetime) -> Person | None:
        """Whose session it is."""
        ...

    def end_session(self, token: str) -> None:
        """Log out."""
        ...

    def offer_link(self, token: str, expires_at: datetime) -> None:
        """Let a link be used once."""
        ...

    def use_link(self, token: str, now: datetime) -> bool:
        """Use it up."""
        ...

    def make_token(
        self, name: str, scopes: Sequence[str], by: str, expires_at: datetime, now: datetime
    ) -> str:
        """Make an API token."""
        ...

    def token(self, token: str, now: datetime) -> Person | None:
        """Who calls with it."""
        ...

    def record(self, who: str, what: str, subject: str, now: datetime, data: Any = None) -> None:
        """Write into the audit log."""
        ...


@dataclass(slots=True)
class Access:
    """The door."""

    people: People
    clock: Clock
    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    _wrong: dict[str, list[datetime]] = field(default_factory=dict)

    def ensure_admin(self, name: str, password: str) -> None:
        """Make the first account what the settings say; without a password nothing is done."""
        if not password:
            return
        there = self.people.password_of(name)
        if there is not None and there[0].role is Role.ADMIN and self._fits(there[1], password):
            return
        self.people.save_account(name, self.hasher.hash(password), Role.ADMIN, self.clock())

    def set_account(self, name: str, password: str | None, role: Role) -> None:
        """Add or change an account; raises `ConfigError` for a password that is too short."""
        if not name.strip() or len(name) > 80:
            raise ConfigError(f"{name!r} is no login name", remedy="1 to 80 characters")
        if password is not None and len(password) < 10:
            raise ConfigError("the password is too short", remedy="at least 10 characters")
        if password is None and self.people.password_of(name) is None:
            raise ConfigError(f"there is no account {name!r}", remedy="give a password to make one")
        hashed = self.hasher.hash(password) if password is not None else None
        self.people.save_account(name, hashed, role, self.clock())

    def has_accounts(self) -> bool:
        """Whether anybody can log in by password."""
        return bool(self.people.accounts())

    def shut(self, *keys: str) -> bool:
        """Whether too many wrong passwords came lately for one of these (name, address)."""
        since = self.clock() - WINDOW
        for key in keys:
            kept = [at for at in self._wrong.get(key, ()) if at > since]
            if kept:
                self._wrong[key] = kept
            else:
                self._wrong.pop(key, None)
        return any(len(self._wrong.get(key, ())) >= TRIES for key in keys)

    def login(self, name: str, password: str, address: str) -> str | None:
        """Open a session for the right password; None for a wrong one. Call `shut` first."""
        found = self.people.password_of(name)
        # An unknown name costs as much time as a wrong password: nobody learns which names exist.
        right = self._fits(found[1] if found else _nobody(self.hasher), password) and found is not None
        now = self.clock()
        if not right or found is None:
            for key in (f"name:{name}", f"from:{address}"):
                self._wrong.setdefault(key, []).append(now)
            self.people.record(name or "nobody", "login refused", address, now)
            return None
        account, hashed = found
        self._wrong.pop(f"name:{name}", None)
        if self.hasher.check_needs_rehash(hashed):
            self.people.rehash(account.id, self.hasher.hash(password))
        self.people.record(name, "login", address, now)
        return self.people.begin_session(Person(account.name, account.role), account.id, now)

    def new_link(self, token: str = "", valid: timedelta = LINK_FOR) -> str:
        """Offer a login link's token, a given one or a fresh one."""
        token = token or secrets.token_urlsafe(24)
        self.people.offer_link(token, self.clock() + valid)
        return token

    def by_link(self, token: str, address: str) -> str | None:
        """Open a session for a link that was not used yet: whoever reads the log owns the machine."""
        now = self.clock()
        if not self.people.use_link(token, now):
            return None
        self.people.record(LOCAL, "login by link", address, now)
        return self.people.begin_session(Person(LOCAL, Role.ADMIN), None, now)

    def by_provider(self, name: str, role: Role, address: str) -> str:
        """Open a session for somebody whom a provider vouches for."""
        now = self.clock()
        self.people.record(name, "login by provider", address, now, {"role": role.value})
        return self.people.begin_session(Person(name, role), None, now)

    def make_token(self, name: str, scopes: Sequence[str], by: str, valid: timedelta) -> str:
        """Make an API token, shown this once."""
        strange = [scope for scope in scopes if scope not in SCOPES]
        if strange or not scopes:
            raise ConfigError(
                f"{', '.join(strange) or 'nothing'} is no scope", remedy=f"of {', '.join(SCOPES)}"
            )
        now = self.clock()
        token = self.people.make_token(name[:80], scopes, by, now + valid, now)
        self.people.record(by, "token made", name, now, {"scopes": list(scopes)})
        return token

    def _fits(self, hashed: str, password: str) -> bool:
        try:
            return self.hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False


_hash_of_nobody: dict[int, str] = {}


def _nobody(hasher: PasswordHasher) -> str:
    """A hash of a password nobody has, made once a hasher."""
    if id(hasher) not in _hash_of_nobody:
        _hash_of_nobody[id(hasher)] = hasher.hash(secrets.token_hex(16))
    return _hash_of_nobody[id(hasher)]


def form_token(person: Person) -> str:
    """What this session's forms carry, so that no other site can send them."""
    return hmac.new(person.secret.encode(), b"form", hashlib.sha256).hexdigest()


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what listens there."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check_binding(host: str, *, accounts: bool) -> None:
    """Refuse to show the page to the network while nobody has a password; raises `ConfigError`."""
    if not is_loopback(host) and not accounts:
        raise ConfigError(
            f"the page will not listen on {host} without an account",
            where="MARSAD_WEB_HOST",
            remedy="set MARSAD_ADMIN_PASSWORD (or MARSAD_ADMIN_PASSWORD_FILE), or `marsad user add NAME`",
        )
