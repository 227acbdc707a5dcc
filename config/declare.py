"""How one setting is declared, and how its text becomes a value: the part that knows no names.

By hand and not by msgspec or pydantic, because every `marsad` command starts here and those cost 60 to
200 ms before the first line of work.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import Field, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from worker.errors import ConfigError

FALSE, TRUE = ("0", "false", "no", "off"), ("1", "true", "yes", "on")
MASK = "********"
Wrong = Callable[[str], ConfigError]
"""Says what a value is not, as an error that names setting, value and example."""


def setting(
    name: str,
    help_text: str,
    *,
    default: Any = "",
    group: str,
    secret: bool = False,
    low: float | None = None,
    high: float | None = None,
    choices: tuple[str, ...] = (),
    url: tuple[str, ...] = (),
    separator: str = r"\s*,\s*",
    addresses: bool = False,
    example: str = "",
    shown_default: str = "",
) -> Any:
    """One documented field. `url` lists the schemes an address may have; `low`, `high` are inclusive.

    `separator` splits a list; `addresses` says that its values are hosts or ranges with a port.
    """
    about = {
        "name": name, "help": help_text, "group": group, "secret": secret, "low": low, "high": high,
        "choices": choices, "url": url, "separator": separator, "addresses": addresses, "example": example, "shown_default": shown_default,
    }  # fmt: skip
    return field(default=default, metadata=about)


def raw_value(env: Mapping[str, str], name: str) -> str:
    """The text of one setting, from its variable or from the file that `NAME_FILE` names."""
    value, path = env.get(name, "").strip(), env.get(f"{name}_FILE", "").strip()
    if not path:
        return value
    if value:
        raise ConfigError(f"{name} and {name}_FILE are both set", where=name, remedy="remove one of them")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise ConfigError(
            f"{path!r} cannot be read: {reason}", where=f"{name}_FILE", remedy="name a readable text file"
        ) from error


def convert(f: Field[Any], raw: str) -> Any:
    """Text to the field's type, within its limits; raises `ConfigError` with an example."""
    about = f.metadata

    def wrong(what: str) -> ConfigError:
        shown = MASK if about["secret"] else repr(raw)
        remedy = f"for example {about['name']}={about['example']}" if about["example"] else ""
        return ConfigError(f"{shown} is not {what}", where=about["name"], remedy=remedy)

    kind = str(f.type).partition("[")[0].partition(" ")[0]
    return CONVERTERS[kind](about, raw, wrong)


def _boolean(_: Mapping[str, Any], raw: str, wrong: Wrong) -> bool:
    """Yes or no."""
    if raw.lower() not in FALSE + TRUE:
        raise wrong("1 or 0")
    return raw.lower() in TRUE


def _number(about: Mapping[str, Any], raw: str, wrong: Wrong, kind: type[int | float]) -> int | float:
    """A number between the field's limits."""
    try:
        number = kind(raw)
    except ValueError:
        raise wrong("a whole number" if kind is int else "a number") from None
    low, high = about["low"], about["high"]
    if not low <= number <= high:
        raise wrong(f"between {low} and {high}")
    return number


def _text(about: Mapping[str, Any], raw: str, wrong: Wrong) -> str:
    """A word of a closed list, an address, or free text."""
    if about["choices"] and raw not in about["choices"]:
        raise wrong(f"one of {', '.join(about['choices'])}")
    if about["url"]:
        _check_url(raw, about["url"], wrong)
    return raw


def _list(about: Mapping[str, Any], raw: str, wrong: Wrong) -> tuple[str, ...]:
    """Values by commas; by blanks where a value may hold commas itself."""
    parts = tuple(p for p in re.split(about["separator"], raw) if p)
    if about["addresses"]:
        for part in parts:
            _check_allowed(part, wrong)
    return parts


def _path(_: Mapping[str, Any], raw: str, wrong: Wrong) -> Path:
    """A path, made absolute: the processes do not share a working directory."""
    try:
        return Path(raw).expanduser().absolute()
    except RuntimeError:
        raise wrong("a path whose user exists") from None


CONVERTERS: dict[str, Callable[[Mapping[str, Any], str, Wrong], Any]] = {
    "bool": _boolean,
    "int": partial(_number, kind=int),
    "float": partial(_number, kind=float),
    "str": _text,
    "tuple": _list,
    "Path": _path,
}


def _check_url(raw: str, schemes: tuple[str, ...], wrong: Wrong) -> None:
    """An address with a scheme that is understood and, where there must be one, a host."""
    try:
        parts = urlsplit(raw)
        _ = parts.port
    except ValueError:
        raise wrong("an address") from None
    if parts.scheme not in schemes:
        raise wrong(f"an address that begins with {' or '.join(s + '://' for s in schemes)}")
    if parts.scheme in ("http", "https", "redis", "rediss") and not parts.hostname:
        raise wrong("an address with a host name")


def _check_allowed(part: str, wrong: Wrong) -> None:
    """`host:port`, `address:port`, `[v6]:port` or `range:port`."""
    host, _, port = part.rpartition(":")
    host = host.strip("[]")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise wrong("a host or range with a port")
    if "/" in host:
        import ipaddress  # noqa: PLC0415 — rarely needed, and every command would wait for it

        try:
            ipaddress.ip_network(host, strict=False)
        except ValueError:
            raise wrong("a host or range with a port") from None
