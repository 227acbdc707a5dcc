"""Environment to one frozen `Settings`: the only place where names of variables are known.

Each field documents itself (`setting(...)`), so that `docs/settings.md`, `.env.example` and
`marsad config` are made from this file and cannot drift from it.
"""

# ruff: noqa: RUF009 — setting() is dataclasses.field with our metadata

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import Field, dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config.declare import MASK, convert, raw_value, setting
from worker.errors import ConfigError

PREFIX = "MARSAD_"
BASE, FEEDS, ALERTS, SLACK, MAIL, OTHER, WEB, LOGS, ENGINE = (
    "Where things are",
    "Feeds and polling",
    "Alerts",
    "Slack",
    "E-mail",
    "Other channels",
    "Page and API",
    "Logs and Sentry",
    "Processes",
)


@dataclass(frozen=True, slots=True, repr=False)
class Settings:
    """All that the environment decides. Times are seconds unless the name says otherwise."""

    home: Path = setting(
        "MARSAD_HOME",
        "Folder that holds everything Marsad keeps: database, socket, overlay, backups.",
        default=Path(),
        group=BASE,
        shown_default="~/.local/share/marsad",
        example="/var/lib/marsad",
    )
    redis_url: str = setting(
        "REDIS_URL",
        "Redis or Valkey that carries the bells. Empty: `marsad up` starts the bundled server.",
        group=BASE,
        url=("redis", "rediss", "unix"),
        example="redis://127.0.0.1:6379/0",
        shown_default="the bundled server",
    )
    database_url: str = setting(
        "DATABASE_URL",
        "Where news, stories and the outbox are kept: SQLite or PostgreSQL.",
        group=BASE,
        url=("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg", "postgres"),
        example="postgresql://marsad:secret@127.0.0.1:5432/marsad",
        shown_default="SQLite under MARSAD_HOME",
    )
    overlay_dir: Path | None = setting(
        "MARSAD_OVERLAY_DIR",
        "Folder with your own concepts, actors, places and phrases, laid over the shipped ones.",
        default=None,
        group=BASE,
        shown_default="`overlay` under MARSAD_HOME, where there is one",
        example="/etc/marsad/overlay",
    )
    cache_dir: Path = setting(
        "MARSAD_CACHE_DIR",
        "Folder of what can be made again at any time: the compiled lexicon.",
        default=Path(),
        group=BASE,
        shown_default="`cache` under MARSAD_HOME",
        example="/var/cache/marsad",
    )
    feeds_file: Path | None = setting(
        "MARSAD_FEEDS_FILE",
        "The YAML list of feeds.",
        default=None,
        group=BASE,
        shown_default="the shipped feeds.yaml",
        example="/etc/marsad/feeds.yaml",
    )
    watches_file: Path | None = setting(
        "MARSAD_WATCHES_FILE",
        "The YAML list of watches.",
        default=None,
        group=BASE,
        shown_default="the shipped watches.yaml",
        example="/etc/marsad/watches.yaml",
    )
    user_agent_contact: str = setting(
        "MARSAD_USER_AGENT_CONTACT",
        "Address or page that publishers can reach you at; sent with every request.",
        group=FEEDS,
        example="security-desk@example.org",
    )
    allow_addresses: tuple[str, ...] = setting(
        "MARSAD_ALLOW_ADDRESSES",
        "Private addresses that may be fetched all the same: exact `host:port` or `range:port`, by commas.",
        default=(),
        group=FEEDS,
        addresses=True,
        example="intranet.example.org:8080,10.1.0.0/16:443",
    )
    proxy: str = setting(
        "MARSAD_PROXY",
        "HTTP proxy for feeds and pages.",
        group=FEEDS,
        url=("http", "https"),
        example="http://proxy.example.org:3128",
    )
    poll_batch: int = setting(
        "MARSAD_POLL_BATCH", "Feeds that one poll task claims.", default=50, group=FEEDS, low=1, high=500
    )
    poll_concurrency: int = setting(
        "MARSAD_POLL_CONCURRENCY",
        "Requests that one process has open at a time.",
        default=50,
        group=FEEDS,
        low=1,
        high=500,
    )
    poll_per_host: int = setting(
        "MARSAD_POLL_PER_HOST",
        "Requests to one host at a time, over all processes.",
        default=2,
        group=FEEDS,
        low=1,
        high=32,
    )
    poll_timeout_s: float = setting(
        "MARSAD_POLL_TIMEOUT_SECONDS",
        "Longest time for one feed, from name lookup to last byte.",
        default=30.0,
        group=FEEDS,
        low=1,
        high=60,
    )
    poll_max_bytes: int = setting(
        "MARSAD_POLL_MAX_BYTES",
        "Largest feed or page, decompressed.",
        default=15 * 1024 * 1024,
        group=FEEDS,
        low=64 * 1024,
        high=256 * 1024 * 1024,
    )
    poll_min_s: int = setting(
        "MARSAD_POLL_MIN_SECONDS",
        "Shortest time between two polls of a feed.",
        default=60,
        group=FEEDS,
        low=1,
        high=86_400,
    )
    poll_max_s: int = setting(
        "MARSAD_POLL_MAX_SECONDS",
        "Longest time between two polls of a feed that answers.",
        default=86_400,
        group=FEEDS,
        low=1,
        high=7 * 86_400,
    )
    fetch_articles: bool = setting(
        "MARSAD_FETCH_ARTICLES",
        "Fetch the page of an item that matters when its feed gave only a teaser.",
        default=True,
        group=FEEDS,
    )
    websub: bool = setting(
        "MARSAD_WEBSUB",
        "Subscribe to feeds that offer WebSub; needs MARSAD_PUBLIC_URL.",
        default=False,
        group=FEEDS,
    )
    fresh_hours: float = setting(
        "MARSAD_FRESH_HOURS",
        "Only events, or failing a date publications, of the last hours alert.",
        default=48.0,
        group=ALERTS,
        low=0.1,
        high=24 * 366,
    )
    console: bool = setting(
        "MARSAD_CONSOLE", "Print alerts into the log of the alert worker.", default=True, group=ALERTS
    )
    ops_channels: tuple[str, ...] = setting(
        "MARSAD_OPS_CHANNELS",
        "Channels that notices about the service itself go to, by commas.",
        default=("console",),
        group=ALERTS,
        example="console,email",
    )
    slack_webhook_url: str = setting(
        "MARSAD_SLACK_WEBHOOK_URL",
        "Incoming webhook of a Slack channel.",
        group=SLACK,
        secret=True,
        url=("https", "http"),
        example="https://hooks.slack.com/services/T000/B000/XXXX",
    )
    slack_bot_token: str = setting(
        "MARSAD_SLACK_BOT_TOKEN",
        "Bot token; lets Marsad update its messages and answer in threads.",
        group=SLACK,
        secret=True,
        example="xoxb-…",
    )
    slack_channel: str = setting(
        "MARSAD_SLACK_CHANNEL",
        "Channel that the bot writes to, by id or name.",
        group=SLACK,
        example="#iraq-security",
    )
    slack_signing_secret: str = setting(
        "MARSAD_SLACK_SIGNING_SECRET", "Checks button presses that come from Slack.", group=SLACK, secret=True
    )
    slack_app_token: str = setting(
        "MARSAD_SLACK_APP_TOKEN",
        "App-level token for Socket Mode: buttons work without an address that Slack can reach.",
        group=SLACK,
        secret=True,
        example="xapp-…",
    )
    slack_api_url: str = setting(
        "MARSAD_SLACK_API_URL",
        "Slack's API, for a gateway in between.",
        default="https://slack.com/api/",
        group=SLACK,
        url=("https", "http"),
    )
    smtp_host: str = setting(
        "MARSAD_SMTP_HOST",
        "Mail server. Empty: no e-mail.",
        group=MAIL,
        example="smtp.example.org",
    )
    smtp_port: int = setting(
        "MARSAD_SMTP_PORT",
        "Its port; 0: the usual one for the kind of security (587, 465, 25).",
        default=0,
        group=MAIL,
        low=0,
        high=65535,
    )
    smtp_user: str = setting("MARSAD_SMTP_USER", "Login.", group=MAIL, example="marsad@example.org")
    smtp_password: str = setting("MARSAD_SMTP_PASSWORD", "Password.", group=MAIL, secret=True)
    smtp_security: str = setting(
        "MARSAD_SMTP_SECURITY",
        "How the connection is protected.",
        default="starttls",
        group=MAIL,
        choices=("starttls", "tls", "none"),
    )
    mail_from: str = setting("MARSAD_MAIL_FROM", "Sender.", group=MAIL, example="Marsad <marsad@example.org>")
    mail_to: tuple[str, ...] = setting(
        "MARSAD_MAIL_TO",
        "Recipients, by commas; each gets a message of its own.",
        default=(),
        group=MAIL,
        example="desk@example.org,duty@example.org",
    )
    webhook_url: str = setting(
        "MARSAD_WEBHOOK_URL",
        "Address that gets every alert as JSON.",
        group=OTHER,
        secret=True,
        url=("https", "http"),
        example="https://example.org/hooks/marsad",
    )
    webhook_secret: str = setting(
        "MARSAD_WEBHOOK_SECRET", "Signs what is sent there (HMAC-SHA256).", group=OTHER, secret=True
    )
    apprise_urls: tuple[str, ...] = setting(
        "MARSAD_APPRISE_URLS",
        "Apprise addresses (Telegram, Teams, ntfy and a hundred more), by blanks.",
        default=(),
        group=OTHER,
        secret=True,
        separator=r"\s+",
        example="ntfy://ntfy.example.org/marsad",
    )
    pagerduty_key: str = setting(
        "MARSAD_PAGERDUTY_KEY",
        "Routing key of a PagerDuty service (Events API v2).",
        group=OTHER,
        secret=True,
    )
    web_host: str = setting(
        "MARSAD_WEB_HOST",
        "Address the page listens on.",
        default="127.0.0.1",
        group=WEB,
        example="192.0.2.10",
    )
    web_port: int = setting(
        "MARSAD_WEB_PORT",
        "Port the page listens on; 0: any free one.",
        default=8642,
        group=WEB,
        low=0,
        high=65535,
    )
    public_url: str = setting(
        "MARSAD_PUBLIC_URL",
        "Address under which people and hubs reach the page; links in alerts begin with it.",
        group=WEB,
        url=("https", "http"),
        example="https://marsad.example.org",
        shown_default="none: alerts then carry no link to the page",
    )
    allowed_hosts: tuple[str, ...] = setting(
        "MARSAD_ALLOWED_HOSTS",
        "Host names the page answers to, by commas.",
        default=(),
        group=WEB,
        shown_default="that of MARSAD_PUBLIC_URL and loopback",
        example="marsad.example.org",
    )
    trusted_proxies: tuple[str, ...] = setting(
        "MARSAD_TRUSTED_PROXIES",
        "Proxies whose X-Forwarded headers are believed: addresses or ranges, by commas.",
        default=(),
        group=WEB,
        example="10.0.0.0/8",
    )
    admin_user: str = setting("MARSAD_ADMIN_USER", "Name of the first account.", default="admin", group=WEB)
    admin_password: str = setting(
        "MARSAD_ADMIN_PASSWORD",
        "Its password; needed to listen on another address than loopback.",
        group=WEB,
        secret=True,
    )
    oidc_issuer: str = setting(
        "MARSAD_OIDC_ISSUER",
        "OpenID Connect provider by which people may log in; needs MARSAD_PUBLIC_URL.",
        group=WEB,
        url=("https", "http"),
        example="https://login.example.org/realms/desk",
        shown_default="none",
    )
    oidc_client_id: str = setting(
        "MARSAD_OIDC_CLIENT_ID", "Marsad's name at the provider.", group=WEB, example="marsad"
    )
    oidc_client_secret: str = setting(
        "MARSAD_OIDC_CLIENT_SECRET", "Its secret there; empty for a public client.", group=WEB, secret=True
    )
    oidc_domains: tuple[str, ...] = setting(
        "MARSAD_OIDC_DOMAINS",
        "Domains of verified e-mail addresses that are let in, by commas; empty: any.",
        default=(),
        group=WEB,
        example="example.org",
    )
    oidc_role_claim: str = setting(
        "MARSAD_OIDC_ROLE_CLAIM",
        "Claim of the identity token that roles come from.",
        default="groups",
        group=WEB,
    )
    oidc_roles: tuple[str, ...] = setting(
        "MARSAD_OIDC_ROLES",
        "Which value of that claim stands for which role, by commas; the greatest counts.",
        default=(),
        group=WEB,
        example="iraq-desk=analyst,it=admin",
    )
    oidc_default_role: str = setting(
        "MARSAD_OIDC_DEFAULT_ROLE",
        "Role of who carries none of them; empty: not let in.",
        default="",
        group=WEB,
        choices=("viewer", "analyst", "admin"),
    )
    oidc_name: str = setting(
        "MARSAD_OIDC_NAME", "What the login button calls the provider.", group=WEB, example="Example Org"
    )
    login_token: str = setting(
        "MARSAD_LOGIN_TOKEN",
        "Token of the login link of this start, good once; by default one is made up.",
        group=WEB,
        secret=True,
        shown_default="made at each start",
    )
    demo: bool = setting(
        "MARSAD_DEMO",
        "Say on every page that the reports are invented; `marsad demo` sets it.",
        default=False,
        group=WEB,
    )
    log_format: str = setting(
        "MARSAD_LOG_FORMAT",
        "`people` for a terminal, `json` for a collector; `auto` picks by whether there is a terminal.",
        default="auto",
        group=LOGS,
        choices=("auto", "people", "json"),
    )
    log_level: str = setting(
        "MARSAD_LOG_LEVEL",
        "Least important line to write.",
        default="info",
        group=LOGS,
        choices=("debug", "info", "warning", "error"),
    )
    sentry_dsn: str = setting(
        "SENTRY_DSN",
        "Sentry project that errors go to. Empty: off.",
        group=LOGS,
        secret=True,
        url=("https", "http"),
        example="https://key@sentry.example.org/1",
    )
    sentry_environment: str = setting(
        "SENTRY_ENVIRONMENT", "Environment shown in Sentry.", default="production", group=LOGS
    )
    process: str = setting(
        "MARSAD_PROCESS",
        "Name of this process in log lines and in Sentry; `marsad up` and the compose file set it.",
        group=ENGINE,
        example="worker-poll",
    )
    tick_s: float = setting(
        "MARSAD_TICK_SECONDS",
        "How often due work is looked for.",
        default=5.0,
        group=ENGINE,
        low=0.2,
        high=60,
    )
    poll_processes: int = setting(
        "MARSAD_POLL_PROCESSES", "Children of worker-poll.", default=2, group=ENGINE, low=1, high=64
    )
    read_processes: int = setting(
        "MARSAD_READ_PROCESSES", "Children of worker-read.", default=2, group=ENGINE, low=1, high=64
    )
    alert_processes: int = setting(
        "MARSAD_ALERT_PROCESSES", "Children of worker-alert.", default=2, group=ENGINE, low=1, high=64
    )
    child_max_tasks: int = setting(
        "MARSAD_CHILD_MAX_TASKS",
        "Tasks after which a child is replaced by a new one.",
        default=2000,
        group=ENGINE,
        low=1,
        high=10_000_000,
    )
    child_max_mb: int = setting(
        "MARSAD_CHILD_MAX_MB",
        "Memory in MB after which a child is replaced by a new one.",
        default=700,
        group=ENGINE,
        low=100,
        high=100_000,
    )
    stop_s: float = setting(
        "MARSAD_STOP_SECONDS",
        "How long a task may go on after the order to stop; processes are killed 10 s later.",
        default=10.0,
        group=ENGINE,
        low=1,
        high=600,
    )
    keep_days: int = setting(
        "MARSAD_KEEP_DAYS",
        "Days that items no story holds are kept.",
        default=90,
        group=ENGINE,
        low=1,
        high=36_500,
    )
    keep_story_days: int = setting(
        "MARSAD_KEEP_STORY_DAYS",
        "Days that stories, their items and alerts are kept.",
        default=730,
        group=ENGINE,
        low=1,
        high=36_500,
    )
    backup_hours: float = setting(
        "MARSAD_BACKUP_HOURS",
        "Hours between two backups of the SQLite database into `backups`; 0: none.",
        default=24.0,
        group=ENGINE,
        low=0,
        high=24 * 366,
    )
    warnings: tuple[str, ...] = ()
    """What `load` noticed that is no error: `MARSAD_…` names that mean nothing."""

    def __repr__(self) -> str:
        """Never the secrets: a repr ends up in logs and tracebacks."""
        return f"Settings({', '.join(f'{name}={value!r}' for name, value in shown(self))})"


def documented() -> tuple[Field[Any], ...]:
    """The fields that are settings, in the order of the documentation."""
    return tuple(f for f in fields(Settings) if "name" in f.metadata)


def load(env: Mapping[str, str] | None = None) -> Settings:
    """Read and check everything at once; raises `ConfigError` with one line that says what to mend.

    `env` defaults to the process's environment. A value may come from a file named by `NAME_FILE`,
    as orchestrators hand out secrets.
    """
    env = os.environ if env is None else env
    warnings = _unknown(env)
    given: dict[str, Any] = {}
    for f in documented():
        raw = raw_value(env, f.metadata["name"])
        if raw:
            given[f.name] = convert(f, raw)
    given.setdefault("home", _default_home(env))
    given["home"] = given["home"].expanduser().absolute()
    if (given["home"] / "overlay").is_dir():
        given.setdefault("overlay_dir", given["home"] / "overlay")
    given.setdefault("cache_dir", given["home"] / "cache")
    given["cache_dir"] = given["cache_dir"].expanduser().absolute()
    given.setdefault("database_url", f"sqlite:///{given['home'] / 'marsad.sqlite'}")
    given["database_url"] = _with_driver(given["database_url"])
    if "public_url" in given:
        given["public_url"] = given["public_url"].rstrip("/")
    settings = Settings(**given, warnings=warnings)
    _check_together(settings)
    return settings


def shown(settings: Settings) -> list[tuple[str, str]]:
    """Each name with its value as it may be seen by anybody: secrets and passwords masked."""
    rows = []
    for f in documented():
        value = getattr(settings, f.name)
        text = " ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
        if f.metadata["secret"]:
            text = MASK if text else ""
        elif f.metadata["url"]:
            text = re.sub(r"(?<=://)([^/@:]*):[^/@]*@", rf"\1:{MASK}@", text)
        rows.append((f.metadata["name"], text))
    return rows


def secrets(settings: Settings) -> tuple[str, ...]:
    """All values that must never leave this process in a log line or an error report."""
    found: list[str] = []
    for f in documented():
        value = getattr(settings, f.name)
        if f.metadata["secret"]:
            found += list(value) if isinstance(value, tuple) else [value]
        elif f.metadata["url"] and value:
            found.append(urlsplit(value).password or "")
    return tuple(v for v in found if v)


def _unknown(env: Mapping[str, str]) -> tuple[str, ...]:
    """Misspelled names are errors, strange ones warnings: an orchestrator may inject its own."""
    known = [f.metadata["name"] for f in documented()]
    accepted = {*known, *(f"{n}_FILE" for n in known)}
    warnings = []
    for name in sorted(env):
        if not name.startswith(PREFIX) or name in accepted:
            continue
        close, sure = _likely(name, accepted)
        if sure:
            raise ConfigError("there is no such setting", where=name, remedy=f"did you mean {close}?")
        hint = f"did you mean {close}?" if close else "see docs/settings.md"
        warnings.append(f"{name} is not a setting of Marsad — {hint}")
    return tuple(warnings)


def _likely(name: str, accepted: set[str]) -> tuple[str, bool]:
    """The setting that was probably meant, and whether that is beyond reasonable doubt."""
    from difflib import SequenceMatcher, get_close_matches  # noqa: PLC0415 — only for a name that is wrong

    bare = name.removeprefix(PREFIX)
    if bare in accepted:
        return bare, True
    close = get_close_matches(name, sorted(accepted), n=1, cutoff=0.6)
    if not close:
        return "", False
    return close[0], SequenceMatcher(None, name, close[0]).ratio() >= 0.84


def _with_driver(url: str) -> str:
    """The addresses platforms hand out name no driver; ours is psycopg 3. A file's path becomes absolute."""
    scheme, _, rest = url.partition("://")
    path, question, query = rest[1:].partition("?")
    if scheme.startswith("sqlite") and path and not path.startswith(("/", ":memory:", "file:")):
        return f"{scheme}:///{Path(path).absolute()}{question}{query}"
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else url


def _default_home(env: Mapping[str, str]) -> Path:
    """The platform's folder for a user's data."""
    if env.get("XDG_DATA_HOME"):
        return Path(env["XDG_DATA_HOME"]) / "marsad"
    try:
        user = Path(env["HOME"]) if env.get("HOME") else Path.home()
    except RuntimeError:
        raise ConfigError("this user has no home folder", where="MARSAD_HOME", remedy="set it") from None
    if sys.platform == "darwin":
        return user / "Library" / "Application Support" / "marsad"
    return user / ".local" / "share" / "marsad"


def _check_together(s: Settings) -> None:
    """Settings that make sense only with one another."""
    rules = (
        (s.slack_bot_token and not s.slack_channel, "MARSAD_SLACK_BOT_TOKEN", "MARSAD_SLACK_CHANNEL"),
        (s.smtp_host and not s.mail_from, "MARSAD_SMTP_HOST", "MARSAD_MAIL_FROM"),
        (s.smtp_host and not s.mail_to, "MARSAD_SMTP_HOST", "MARSAD_MAIL_TO"),
        (s.mail_to and not s.smtp_host, "MARSAD_MAIL_TO", "MARSAD_SMTP_HOST"),
        (s.smtp_password and not s.smtp_user, "MARSAD_SMTP_PASSWORD", "MARSAD_SMTP_USER"),
        (s.websub and not s.public_url, "MARSAD_WEBSUB", "MARSAD_PUBLIC_URL"),
        (s.oidc_issuer and not s.public_url, "MARSAD_OIDC_ISSUER", "MARSAD_PUBLIC_URL"),
        (s.oidc_issuer and not s.oidc_client_id, "MARSAD_OIDC_ISSUER", "MARSAD_OIDC_CLIENT_ID"),
        (s.oidc_default_role and not s.oidc_domains, "MARSAD_OIDC_DEFAULT_ROLE", "MARSAD_OIDC_DOMAINS"),
        (
            s.oidc_issuer and not (s.oidc_roles or s.oidc_default_role),
            "MARSAD_OIDC_ISSUER",
            "MARSAD_OIDC_ROLES",
        ),
    )
    for broken, has, needs in rules:
        if broken:
            raise ConfigError(f"is set, but {needs} is not", where=has, remedy=f"set {needs} too")
    if s.poll_min_s > s.poll_max_s:
        raise ConfigError(
            f"{s.poll_min_s} is more than MARSAD_POLL_MAX_SECONDS={s.poll_max_s}",
            where="MARSAD_POLL_MIN_SECONDS",
            remedy="swap them",
        )
