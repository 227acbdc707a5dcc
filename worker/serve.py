"""Puts the web process together: the house, the door, and the pages above them. Imported by `marsad web` alone."""

from __future__ import annotations

import gc
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI

from config.boilerplate import load_boilerplate
from config.settings import Settings
from config.watchfile import load_governorates, load_outline, load_towns
from worker.bootstrap import House, house, now
from worker.domain.alerting.matching import match_text
from worker.domain.alerting.trial import Trial
from worker.domain.alerting.watch import Known, Rule, check
from worker.domain.desk.people import Role, SignOn
from worker.domain.text.boilerplate import Boilerplate
from worker.errors import ConfigError
from worker.feeds.discover import FoundFeed, discover
from worker.feeds.parse import parse_feed
from worker.ports import ParsedFeed, Request
from worker.services.access import Access, check_binding, is_loopback
from worker.services.analyse import AnalyseService
from worker.services.trial import try_watch
from worker.storage.access import AccessStore
from worker.storage.browse import BrowseQueries
from worker.web.app import create_app
from worker.web.desk import Desk, DeskOptions
from worker.web.geo import Sheet
from worker.web.oidc import Provider


def access_of(made: House) -> Access:
    """The door of this house."""
    return Access(AccessStore(made.engine), now)


def web(settings: Settings, host: str | None = None) -> FastAPI:
    """Give the application that the web process serves at `host` (by default the settings').

    Raises `ConfigError` when it would listen to the network while nobody has a password.
    """
    made = house(settings)
    access = access_of(made)
    access.ensure_admin(settings.admin_user, settings.admin_password)
    listens = host or settings.web_host
    check_binding(listens, accounts=access.has_accounts() or bool(settings.oidc_issuer))
    public = urlsplit(settings.public_url)
    named = settings.allowed_hosts or ((public.hostname,) if public.hostname else ())
    return create_app(
        lambda: desk_of(made, access),
        options=DeskOptions(
            demo=settings.demo,
            secure=public.scheme == "https",
            hosts=tuple(dict.fromkeys((*named, *((listens,) if not is_loopback(listens) else ())))),
            link=is_loopback(listens),
            slack_secret=settings.slack_signing_secret,
            websub=settings.websub,
        ),
        provider=provider_of(settings),
    )


def provider_of(settings: Settings) -> Provider | None:
    """The OpenID Connect provider of the settings; None when there is none."""
    if not settings.oidc_issuer:
        return None
    fallback = settings.oidc_default_role
    rules = SignOn(
        domains=frozenset(domain.casefold().lstrip("@") for domain in settings.oidc_domains),
        claim=settings.oidc_role_claim,
        roles=dict(_role_of(pair) for pair in settings.oidc_roles),
        fallback=Role(fallback) if fallback else None,
    )
    back = f"{settings.public_url}/login/oidc/back"
    secret, name = settings.oidc_client_secret, settings.oidc_name
    return Provider(settings.oidc_issuer, settings.oidc_client_id, secret, back, rules, now, name)


def _role_of(pair: str) -> tuple[str, Role]:
    value, _, role = (part.strip() for part in pair.rpartition("="))
    if not value or role not in list(Role):
        raise ConfigError(
            f"{pair!r} names no role", where="MARSAD_OIDC_ROLES", remedy=f"value=role, {', '.join(Role)}"
        )
    return value, Role(role)


def login_link(settings: Settings, page: str) -> str:
    """Give an address that lets somebody in once; `page` is where the page is."""
    token = access_of(house(settings)).new_link(settings.login_token)
    return f"{page.rstrip('/')}/login/link/{token}"


def desk_of(made: House, access: Access) -> Desk:
    """The parts of the house that pages stand on."""
    parts = _Heavy(made)
    return Desk(
        store=made.store,
        browse=BrowseQueries(made.engine),
        people=AccessStore(made.engine),
        access=access,
        answers=lambda: made.answers,
        linker=lambda: made.linker,
        severity=lambda: made.severity,
        check=lambda watch: check(watch, parts.known()),
        rules=parts.rules,
        label=parts.label,
        analyse=parts.analyse,
        match=parts.match,
        attempt=parts.attempt,
        discover=parts.discover,
        preview=parts.preview,
        sheet=Sheet.of(load_governorates(), load_outline(), load_towns()),
        channels={name: channel.recipients() for name, channel in made.channels.items()},
        public_url=made.settings.public_url,
        confirm=made.websub.confirm,
        accept=made.websub.accept,
        take_push=made.take_push,
        clock=now,
    )


class _Heavy:
    """What takes seconds to make or runs on the one event loop of the house: one thread at a time."""

    def __init__(self, made: House) -> None:
        self.house, self.turn = made, threading.RLock()
        self.service: AnalyseService | None = None

    def known(self) -> Known:
        """What queries are checked against; the first time, the lexicon is loaded for it.

        It is then taken out of the garbage collector's sight: a full collection walks all that lives, and
        that would stop every request for a tenth of a second, again and again, to find nothing.
        """
        with self.turn:
            new = "known" not in self.house.__dict__
            found = self.house.known
            if new:
                gc.collect()
                gc.freeze()
            return found

    def rules(self) -> list[Rule]:
        return [check(watch, self.known()) for watch in self.house.store.watches()]

    def label(self, concept: str) -> str:
        self.known()
        return self.house.index.label(concept)

    def match(self, text: str, rule: Rule | None) -> Mapping[str, Any]:
        with self.turn:
            analyser, severity = self.house.analyser, self.house.severity
        return match_text(text, analyser, [rule] if rule else self.rules(), severity, self.house.index, now())

    def attempt(self, rule: Rule, since: datetime) -> Trial:
        others = [other for other in self.rules() if other.name != rule.name]
        return try_watch(self.house.store, rule, others, self.house.severity, since=since, now=now())

    def analyse(self, title: str, body: str, source: str) -> Mapping[str, Any]:
        with self.turn:
            if self.service is None:
                words = load_boilerplate(self.house.settings.overlay_dir)
                self.service = AnalyseService(self.house.analyser, Boilerplate(**words))
        return self.service.one({"id": "text", "title": title, "body_html": body, "source": source})

    def discover(self, url: str) -> Sequence[FoundFeed]:
        with self.turn:
            return self.house.wait(discover(self.house.fetcher, url))

    def preview(self, url: str) -> ParsedFeed:
        with self.turn:
            answer = self.house.wait(self.house.fetcher.fetch(Request(url=url)))
        kind = answer.headers.get("content-type", "")
        return parse_feed(answer.body, content_type=kind, url=answer.url)
