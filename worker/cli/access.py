"""`marsad user` and `marsad token`: who may look at the page and call the API."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from worker.services.access import Access
    from worker.storage.access import AccessStore


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    user = typer.Typer(help="Accounts of the page.", no_args_is_help=True, epilog="Example: marsad user list")
    user.command("list", epilog="Example: marsad user list")(list_users)
    user.command("add", epilog="Example: marsad user add noor --role analyst")(add_user)
    user.command("remove", epilog="Example: marsad user remove noor")(remove_user)
    user.command("link", epilog="Example: marsad user link")(link)
    app.add_typer(user, name="user")
    token = typer.Typer(help="Tokens of the API.", no_args_is_help=True, epilog="Example: marsad token list")
    token.command("list", epilog="Example: marsad token list")(list_tokens)
    token.command("add", epilog="Example: marsad token add notebook --scope read --days 90")(add_token)
    token.command("revoke", epilog="Example: marsad token revoke 3")(revoke)
    app.add_typer(token, name="token")


def _parts() -> tuple[AccessStore, Access]:
    from worker.bootstrap import house, now
    from worker.services.access import Access
    from worker.storage.access import AccessStore

    people = AccessStore(house().engine)
    return people, Access(people, now)


def list_users() -> None:
    """List accounts."""
    found = _parts()[0].accounts()
    for one in found:
        typer.echo(f"{one.name:<24} {one.role.value:<8} since {one.created_at:%Y-%m-%d}")
    if not found:
        typer.echo("No account yet: `marsad user add NAME`.")


def add_user(
    name: str = typer.Argument(help="Login name."),
    role: str = typer.Option("analyst", help="viewer, analyst or admin."),
    keep_password: bool = typer.Option(False, "--keep-password", help="Change the role alone."),
) -> None:
    """Add an account, or change one: its role, its password, or both. Logs it out everywhere.

    The password is asked for, or read from standard input when that is no terminal.
    """
    from worker.domain.desk.people import Role
    from worker.errors import ConfigError

    if role not in list(Role):
        raise ConfigError(f"{role!r} is no role", where="--role", remedy=f"one of {', '.join(Role)}")
    password = None
    if not keep_password:
        password = (
            typer.prompt("Password", hide_input=True, confirmation_prompt=True)
            if sys.stdin.isatty()
            else sys.stdin.readline().rstrip("\n")
        )
    people, door = _parts()
    door.set_account(name, password, Role(role))
    people.record("command line", "account saved", name, datetime.now(UTC), {"role": role})
    typer.echo(f"{name} may log in as {role}.")


def remove_user(name: str = typer.Argument(help="Login name.")) -> None:
    """Remove an account and log it out."""
    from worker.errors import MarsadError

    people, _ = _parts()
    if not people.remove_account(name):
        raise MarsadError(f"there is no account {name}", remedy="`marsad user list` lists them")
    people.record("command line", "account removed", name, datetime.now(UTC))
    typer.echo(f"{name} is gone.")


def link() -> None:
    """Print a login link for this machine: good once, for ten minutes, when the page listens on loopback."""
    from worker.bootstrap import house

    settings = house().settings
    page = settings.public_url or f"http://127.0.0.1:{settings.web_port}"
    typer.echo(f"{page}/login/link/{_parts()[1].new_link(valid=timedelta(minutes=10))}")


def list_tokens() -> None:
    """List tokens: what they are called and may do, never what they are."""
    found = _parts()[0].tokens()
    for one in found:
        used = f"used {one.used_at:%Y-%m-%d}" if one.used_at else "never used"
        until = f"until {one.expires_at:%Y-%m-%d}"
        typer.echo(
            f"{one.id:>4}  {one.name:<24} {','.join(one.scopes):<12} {until}, {used}, by {one.created_by}"
        )
    if not found:
        typer.echo("No token yet: `marsad token add NAME`.")


def add_token(
    name: str = typer.Argument(help="What it is for."),
    scope: list[str] = typer.Option(["read"], help="read, write or admin (again for more)."),
    days: int = typer.Option(90, min=1, max=3650, help="Days until it expires."),
) -> None:
    """Make a token and print it, this once."""
    typer.echo(_parts()[1].make_token(name, scope, "command line", timedelta(days=days)))


def revoke(number: int = typer.Argument(help="Number, as `marsad token list` shows it.")) -> None:
    """Take a token back: its next call is refused."""
    from worker.errors import MarsadError

    people, _ = _parts()
    if not people.revoke(number):
        raise MarsadError(f"there is no token {number}", remedy="`marsad token list` lists them")
    people.record("command line", "token revoked", f"token {number}", datetime.now(UTC))
    typer.echo(f"Token {number} is worth nothing now.")
