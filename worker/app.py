"""The Celery application: which bell rings in which queue, and how a process behaves around its tasks.

Celery is a doorbell here. The database knows what is due, the tick looks there every few seconds and
rings; a bell that is lost or doubled does no harm. So the settings below prefer ending quickly and
plainly over saving a message, and nothing uses results, countdowns or chords.
"""

from __future__ import annotations

import os

# billiard reads this when it is imported: SIGTERM becomes the soft shutdown of `worker_soft_shutdown_timeout`.
os.environ.setdefault("REMAP_SIGTERM", "SIGQUIT")

import sys
import warnings
from functools import cache
from typing import Any

from celery import Celery, signals
from celery.exceptions import SecurityWarning
from celery.loaders.app import AppLoader
from kombu.entity import Queue

from config.settings import Settings, load
from worker import log, sentry
from worker.errors import ConfigError
from worker.process import prepare
from worker.queues import QUEUE_OF

SOFT_LIMIT_S, HARD_LIMIT_S = 60, 75
"""Limits of one task; a lease is the hard limit and a margin, 90 s."""

VISIBILITY_S = 3600
"""Far above the hard limit: a message must never come back while its task still runs (celery#5935)."""

BELL_EXPIRES_S = 60
"""An older bell says nothing that the next tick does not; a minute forgives clocks that differ."""

KEEP_EVERY_S = 60


def broker_url(redis_url: str) -> str:
    """The address as Celery writes it: `unix:///path` is `redis+socket:///path` there."""
    return (
        redis_url.replace("unix://", "redis+socket://", 1) if redis_url.startswith("unix://") else redis_url
    )


# Root matters to Celery because of pickle; this application takes JSON alone.
warnings.filterwarnings("ignore", category=SecurityWarning)


class Loader(AppLoader):  # type: ignore[misc]
    """Imports the tasks as any module is imported.

    Celery's own puts the working directory first, so a folder named `tasks` there would be run instead.
    """

    def import_from_cwd(self, module: str, imp: Any = None, package: str | None = None) -> Any:
        """Not from the working directory."""
        return (imp or self.import_module)(module, package=package)


def build(settings: Settings) -> Celery:
    """The application for these settings; the tasks are named as strings, so nothing is imported yet."""
    app = Celery("marsad", loader=Loader, include=[f"tasks.{name}" for name in QUEUE_OF])
    app.conf.update(
        broker_url=broker_url(settings.redis_url) or "redis://127.0.0.1:6379/0",
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "visibility_timeout": VISIBILITY_S,
            "socket_connect_timeout": 5,
            # Above the second for which kombu lets BRPOP block; below what a task may wait on a frozen server.
            "socket_timeout": 8,
            "socket_keepalive": True,
            "health_check_interval": 25,
            "retry_on_timeout": True,
        },
        task_publish_retry=False,
        task_default_queue="tick",
        task_queues=[Queue(name) for name in sorted(set(QUEUE_OF.values()))],  # type: ignore[no-untyped-call]
        task_create_missing_queues=False,
        task_routes={f"marsad.{name}": {"queue": queue} for name, queue in QUEUE_OF.items()},
        task_serializer="json",
        accept_content=["json"],
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=False,
        task_soft_time_limit=SOFT_LIMIT_S,
        task_time_limit=HARD_LIMIT_S,
        task_track_started=False,
        worker_prefetch_multiplier=1,
        worker_max_tasks_per_child=settings.child_max_tasks,
        worker_max_memory_per_child=settings.child_max_mb * 1024,
        worker_soft_shutdown_timeout=settings.stop_s,
        worker_proc_alive_timeout=60,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        beat_scheduler="celery.beat:Scheduler",
        beat_max_loop_interval=max(0.2, min(settings.tick_s, 5)),
        beat_schedule={
            "tick": _every(settings.tick_s, "tick"),
            "keep": _every(KEEP_EVERY_S, "keep"),
        },
        enable_utc=True,
        timezone="UTC",
    )
    app.steps["consumer"].add("worker.stall:StallStep")
    return app


def _every(seconds: float, name: str) -> dict[str, Any]:
    """A line of the beat's schedule."""
    return {"task": f"marsad.{name}", "schedule": seconds, "options": {"expires": BELL_EXPIRES_S}}


@cache
def settings() -> Settings:
    """The environment's settings, read once a process; a fault ends the process with one line."""
    try:
        return load()
    except ConfigError as error:
        sys.stderr.write(f"marsad: {error}\n")
        raise SystemExit(error.exit_code) from None


app = build(settings())


def check_broker(redis_url: str) -> None:
    """Refuse a Redis that may throw queued bells away when its memory is full.

    Raises `ConfigError`; a server that is not there yet is not its business, Celery waits for it.
    """
    import redis  # noqa: PLC0415

    try:
        with redis.Redis.from_url(redis_url, socket_timeout=5, socket_connect_timeout=5) as client:
            policy = client.info("memory").get("maxmemory_policy", "noeviction")
    except redis.RedisError:
        return
    if policy != "noeviction":
        raise ConfigError(
            f"the server's maxmemory-policy is {policy}, so it may drop queued work",
            where="REDIS_URL",
            remedy="set `maxmemory-policy noeviction` on the server, or give Marsad one of its own",
        )


@signals.setup_logging.connect
def _logging(**_: Any) -> None:
    """Take logging out of Celery's hands, in the worker, its children and the beat alike."""
    prepare(settings(), "celery")


@signals.worker_init.connect
def _worker_starts(**_: Any) -> None:
    """Look at the broker before anything is taken from it; Celery swallows all but `SystemExit` here."""
    try:
        check_broker(app.conf.broker_url.replace("redis+socket://", "unix://", 1))
    except ConfigError as error:
        sys.stderr.write(f"marsad: {error}\n")
        raise SystemExit(error.exit_code) from None


@signals.worker_process_init.connect
def _child_starts(**_: Any) -> None:
    """What was made before the fork (engine, HTTP client, event loop) must not be shared with the parent."""
    from worker import bootstrap  # noqa: PLC0415

    bootstrap.reset()


@signals.task_prerun.connect
def _task_starts(task: Any = None, task_id: str = "", **_: Any) -> None:
    """Every line of a task carries its name and nothing of the task before it."""
    log.begin(task=getattr(task, "name", "").removeprefix("marsad."), run=task_id[:8])


@signals.task_postrun.connect
def _task_ended(task: Any = None, state: str | None = None, **_: Any) -> None:
    """The tick reports to Sentry's monitor; a beat that died is then missed there."""
    if getattr(task, "name", "") == "marsad.tick":
        sentry.check_in(ok=state == "SUCCESS", tick_s=settings().tick_s)
