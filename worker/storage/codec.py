"""Turns the domain's dataclasses into JSON values and back, checked by their annotations."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, cast

import msgspec

from worker.errors import StorageError

T = TypeVar("T")


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def dump(value: Any) -> Any:
    """Make plain JSON values of a dataclass or a collection of them."""
    return msgspec.to_builtins(value)


def load(stored: str, kind: type[T]) -> T:
    """Rebuild a dataclass from its JSON; raises `StorageError` naming the path when it does not fit."""
    try:
        return cast("T", _decoder(cast("Any", kind)).decode(stored))
    except msgspec.ValidationError as fault:
        raise StorageError(
            f"a stored {kind.__name__} cannot be read: {fault}", remedy="run `marsad doctor`"
        ) from fault
