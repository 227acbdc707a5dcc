"""Accounts, sessions, login links, API tokens, the audit log, and notes: what access reads and writes.

Secrets are kept as hashes only: passwords as argon2id, random tokens as SHA-256, which is enough for
256 random bits.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from worker.domain.desk.people import Person, Role, role_of
from worker.storage.engine import reading, writing
from worker.storage.tables import api_tokens, audit, login_links, notes, sessions, users

SESSION = timedelta(hours=12)
TOKEN_PREFIX = "mrs_"  # noqa: S105 - what a token begins with is no secret


def digest(token: str) -> str:
    """Hash a random token."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account, without the password."""

    id: int
    name: str
    role: Role
    enabled: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token as it may be listed: what it is called and may do, not what it is."""

    id: int
    name: str
    scopes: tuple[str, ...]
    created_by: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that somebody did."""

    at: datetime
    who: str
    what: str
    subject: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Note:
    """What an analyst wrote beside a story."""

    id: int
    story_id: int
    text: str
    by: str
    at: datetime


class AccessStore:
    """Queries over the tables of access."""

    def __init__(self, engine: Engine) -> None:
        """Work on this engine; the caller disposes of it."""
        self.engine = engine

    # --- accounts

    def accounts(self) -> list[Account]:
        """All accounts, by name."""
        with reading(self.engine) as connection:
            found = connection.execute(select(users).order_by(users.c.name)).all()
        return [Account(r.id, r.name, Role(r.role), r.enabled, r.created_at) for r in found]

    def password_of(self, name: str) -> tuple[Account, str] | None:
        """Give an enabled account with its hash."""
        with reading(self.engine) as connection:
            row = connection.execute(select(users).where(users.c.name == name, users.c.enabled)).one_or_none()
        if row is None:
            return None
        return Account(row.id, row.name, Role(row.role), row.enabled, row.created_at), row.password

    def save_account(self, name: str, hashed: str | None, role: Role, now: datetime) -> None:
        """Add an account, or change its role and, where given, its password; ends its sessions."""
        with writing(self.engine) as connection:
            there = connection.execute(select(users.c.id).where(users.c.name == name)).scalar()
            if there is None:
                connection.execute(
                    insert(users).values(
                        name=name, password=hashed or "", role=str(role), enabled=True, created_at=now
                    )
                )
                return
            values: dict[str, Any] = {"role": str(role), "enabled": True}
            if hashed is not None:
                values["password"] = hashed
            connection.execute(update(users).where(users.c.id == there).values(**values))
            connection.execute(delete(sessions).where(sessions.c.user_id == there))

    def rehash(self, account: int, hashed: str) -> None:
        """Store the same password under newer parameters; sessions stay."""
        with writing(self.engine) as connection:
            connection.execute(update(users).where(users.c.id == account).values(password=hashed))

    def remove_account(self, name: str) -> bool:
        """Remove an account with its sessions; False when there is none of that name."""
        with writing(self.engine) as connection:
            there = connection.execute(select(users.c.id).where(users.c.name == name)).scalar()
            connection.execute(delete(sessions).where(sessions.c.user_id == there))
            return connection.execute(delete(users).where(users.c.id == there)).rowcount == 1

    # --- sessions and links

    def begin_session(self, person: Person, user_id: int | None, now: datetime) -> str:
        """Open a session and give its secret; sessions past their end are swept out on the way."""
        token = secrets.token_urlsafe(32)
        with writing(self.engine) as connection:
            connection.execute(delete(sessions).where(sessions.c.expires_at < now))
            connection.execute(
                insert(sessions).values(
                    hash=digest(token),
                    name=person.name,
                    role=str(person.role),
                    user_id=user_id,
                    created_at=now,
                    expires_at=now + SESSION,
                )
            )
        return token

    def session(self, token: str, now: datetime) -> Person | None:
        """Whose session this is; None when it is none or over. A role changed since counts at once."""
        query = (
            select(sessions.c.name, sessions.c.role, sessions.c.user_id, users.c.role.label("now_role"))
            .outerjoin(users, (users.c.id == sessions.c.user_id) & users.c.enabled)
            .where(sessions.c.hash == digest(token), sessions.c.expires_at > now)
        )
        with reading(self.engine) as connection:
            row = connection.execute(query).one_or_none()
        if row is None or (row.user_id is not None and row.now_role is None):
            return None
        return Person(row.name, Role(row.now_role or row.role), token)

    def end_session(self, token: str) -> None:
        """Log out."""
        with writing(self.engine) as connection:
            connection.execute(delete(sessions).where(sessions.c.hash == digest(token)))

    def offer_link(self, token: str, expires_at: datetime) -> None:
        """Let a login link be used once; one that is known already stays as it is, used or not."""
        try:
            with writing(self.engine) as connection:
                connection.execute(insert(login_links).values(hash=digest(token), expires_at=expires_at))
        except IntegrityError:
            return

    def use_link(self, token: str, now: datetime) -> bool:
        """Use a login link up; False when it is unknown, over or used."""
        with writing(self.engine) as connection:
            done = connection.execute(
                update(login_links)
                .where(
                    login_links.c.hash == digest(token),
                    login_links.c.used_at.is_(None),
                    login_links.c.expires_at > now,
                )
                .values(used_at=now)
            )
            return done.rowcount == 1

    # --- API tokens

    def make_token(
        self, name: str, scopes: Sequence[str], by: str, expires_at: datetime, now: datetime
    ) -> str:
        """Make a token and give it, this once."""
        token = TOKEN_PREFIX + secrets.token_urlsafe(32)
        with writing(self.engine) as connection:
            connection.execute(
                insert(api_tokens).values(
                    name=name,
                    hash=digest(token),
                    scopes=list(scopes),
                    created_by=by,
                    created_at=now,
                    expires_at=expires_at,
                )
            )
        return token

    def tokens(self) -> list[ApiToken]:
        """All tokens, newest first."""
        with reading(self.engine) as connection:
            found = connection.execute(select(api_tokens).order_by(api_tokens.c.id.desc())).all()
        return [
            ApiToken(r.id, r.name, tuple(r.scopes), r.created_by, r.created_at, r.expires_at, r.used_at)
            for r in found
        ]

    def token(self, token: str, now: datetime) -> Person | None:
        """Who calls with this token; None when it is none or over. Its use is noted once a minute."""
        with reading(self.engine) as connection:
            row = connection.execute(
                select(api_tokens).where(api_tokens.c.hash == digest(token), api_tokens.c.expires_at > now)
            ).one_or_none()
        if row is None:
            return None
        if row.used_at is None or now - row.used_at > timedelta(minutes=1):
            with writing(self.engine) as connection:
                connection.execute(update(api_tokens).where(api_tokens.c.id == row.id).values(used_at=now))
        return Person(f"token {row.name}", role_of(row.scopes))

    def revoke(self, token_id: int) -> bool:
        """Take a token back; False when there is no such token."""
        with writing(self.engine) as connection:
            return connection.execute(delete(api_tokens).where(api_tokens.c.id == token_id)).rowcount == 1

    # --- what people did and wrote

    def record(
        self, who: str, what: str, subject: str, now: datetime, data: Mapping[str, Any] | None = None
    ) -> None:
        """Write into the audit log."""
        with writing(self.engine) as connection:
            connection.execute(
                insert(audit).values(
                    at=now, who=who[:80], what=what[:40], subject=subject[:200], data=dict(data or {})
                )
            )

    def audited(self, limit: int = 100) -> list[AuditEntry]:
        """Read the audit log, newest first."""
        with reading(self.engine) as connection:
            found = connection.execute(select(audit).order_by(audit.c.id.desc()).limit(limit)).all()
        return [AuditEntry(r.at, r.who, r.what, r.subject, r.data) for r in found]

    def add_note(self, story_id: int, text: str, by: str, now: datetime) -> None:
        """Write a note beside a story."""
        with writing(self.engine) as connection:
            connection.execute(insert(notes).values(story_id=story_id, text=text, by=by, at=now))

    def notes(self, story_ids: Sequence[int]) -> list[Note]:
        """Notes beside these stories (a story and those merged into it), oldest first."""
        with reading(self.engine) as connection:
            found = connection.execute(
                select(notes).where(notes.c.story_id.in_(story_ids)).order_by(notes.c.id)
            ).all()
        return [Note(r.id, r.story_id, r.text, r.by, r.at) for r in found]
