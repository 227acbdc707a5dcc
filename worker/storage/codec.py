"""Turns the domain's dataclasses into JSON values and back, checked by their annotations."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from worker.errors import StorageError

T = TypeVar("T")


def dump(value: Any) -> Any:
    """Make plain JSON values of a dataclass or a collection of them."""
    return msgspec.to_builtins(value)


def load(value: Any, kind: type[T]) -> T:
    """Rebuild a dataclass; raises `StorageError` naming the path when the stored value does not fit."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as fault:
        raise StorageError(
            f"a stored {kind.__name__} cannot be read: {fault}", remedy="run `marsad doctor`"
        ) from fault
