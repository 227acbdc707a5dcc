"""`marsad up` and the processes that it runs: `web`, `worker`, `beat`."""

from __future__ import annotations

import os
from pathlib import Path

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: MARSAD_CONSOLE=1 marsad up")(up)
    app.command(epilog="Example: marsad web --port 9000")(web)
    app.command(epilog="Example: marsad worker poll --processes 4")(worker)
    app.command(epilog="Example: marsad beat")(beat)


def up(
    only: list[str] = typer.Option([], "--only", help="Run only this process (again for more)."),
    procfile: Path | None = typer.Option(None, help="Run another Procfile's processes."),
) -> None:
    """Run the whole service on this machine; Ctrl-C stops it.

    Checks the settings, brings the database up to date, starts the bundled server when REDIS_URL is not
    set, and keeps all processes running.
    """
    from config.settings import load
    from worker.up.service import Plan, run

    raise typer.Exit(run(Plan(load(), dict(os.environ), procfile, tuple(only))))


def web(
    host: str | None = typer.Option(None, help="Address to listen on.  [default: MARSAD_WEB_HOST]"),
    port: int | None = typer.Option(None, help="Port to listen on.  [default: MARSAD_WEB_PORT]"),
) -> None:
    """Serve the page and the API."""
    import uvicorn

    from config.settings import load
    from worker import log
    from worker.process import prepare
    from worker.serve import login_link
    from worker.serve import web as web_app
    from worker.services.access import is_loopback
    from worker.up.orphan import end_with_supervisor

    settings = load()
    end_with_supervisor()
    prepare(settings, "web")
    server = uvicorn.Config(
        web_app(settings, host),
        host=host or settings.web_host,
        port=settings.web_port if port is None else port,
        log_config=None,
        access_log=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies) or None,
        server_header=False,
        # Live streams never end by themselves.
        timeout_graceful_shutdown=3,
    )
    bound = server.bind_socket()
    where = f"[{server.host}]" if ":" in server.host else server.host
    page = f"http://{where}:{bound.getsockname()[1]}/"
    log.get(__name__).info(f"the page is at {page}")
    if is_loopback(server.host):
        link = login_link(settings, page)
        if not settings.login_token:  # who chose the token knows the link
            log.get(__name__).warning(f"to log in, once: {link}")
    uvicorn.Server(server).run(sockets=[bound])


def worker(
    room: str = typer.Argument(help="poll, read or alert."),
    processes: int | None = typer.Option(None, help="Children.  [default: MARSAD_<ROOM>_PROCESSES]"),
) -> None:
    """Serve the queues of one kind of work: a Celery worker."""
    from config.settings import load
    from worker.errors import ConfigError
    from worker.queues import QUEUES_OF

    settings = load()
    if room not in QUEUES_OF:
        raise ConfigError(f"there is no worker {room!r}", remedy=f"choose from {', '.join(QUEUES_OF)}")
    _need_redis(settings.redis_url)
    from worker.app import app
    from worker.up.orphan import end_with_supervisor

    end_with_supervisor()
    if room in ("read", "alert"):
        from worker import bootstrap

        bootstrap.warm(settings)
    children = processes or getattr(settings, f"{room}_processes")
    app.start(
        [
            "--quiet",
            "worker",
            f"--queues={','.join(QUEUES_OF[room])}",
            f"--hostname={room}@%h",
            f"--concurrency={children}",
            f"--loglevel={settings.log_level}",
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
        ]
    )
    from worker.stall import exit_code

    raise typer.Exit(exit_code())


def beat() -> None:
    """Ring the tick every MARSAD_TICK_SECONDS: Celery's beat. A second one does no harm."""
    from config.settings import load

    settings = load()
    _need_redis(settings.redis_url)
    from worker.app import app
    from worker.up.orphan import end_with_supervisor

    end_with_supervisor()
    app.start(["--quiet", "beat", f"--loglevel={settings.log_level}", "--pidfile="])


def _need_redis(redis_url: str) -> None:
    """Only `marsad up` brings a server along."""
    from worker.errors import ConfigError

    if not redis_url:
        raise ConfigError(
            "is not set", where="REDIS_URL", remedy="set it, or run `marsad up`, which starts a server"
        )
