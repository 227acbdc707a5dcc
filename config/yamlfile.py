"""Reads the YAML files that people edit, fast, and says in one line which file and line they must correct.

Files of words are a megabyte of plain texts, lists and mappings. Values are made straight from the
parser's events, in under half the library's time; whatever is rarer (anchors, tags, merged mappings,
odd keys) and every error is left to the library, so that a file means the same either way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml

from worker.errors import ConfigError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where it is there: ten times as fast, as safe."""
_TEXT = "tag:yaml.org,2002:str"
_MERGE = "tag:yaml.org,2002:merge"


class CatalogueError(ConfigError):
    """A data file that a person must correct: `where` is file:line, `remedy` what to do."""


class _Rare(Exception):  # noqa: N818  no error: the library knows how
    """Something that is more than plain texts, lists and mappings."""


def read_yaml(path: Path) -> Any:
    """Parse a YAML file; a syntax error is one line with its place."""
    raw = path.read_bytes()
    try:
        try:
            return _Values(raw).document()
        except (_Rare, TypeError, RecursionError, ValueError):
            return yaml.load(raw, Loader=_LOADER)  # noqa: S506  a safe loader either way
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CatalogueError(
            f"not YAML: {error.problem}",
            where=f"{path.name}:{line}",
            remedy="mind quotes, brackets and indentation",
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CatalogueError(f"not YAML: {error}", where=path.name, remedy="save it as UTF-8 text") from error


class _Values:
    """The value of one document, made from the events of the parser."""

    def __init__(self, raw: bytes) -> None:
        self._loader = _LOADER(raw)
        self._next: Callable[[], Any] = self._loader.get_event
        self._plain: dict[str, Any] = {}
        """Unquoted texts met and what they are: most are texts, some numbers or yes and no."""

    def document(self) -> Any:
        """The only document of the file; None where there is none."""
        try:
            self._next()  # the stream begins
            if isinstance(self._next(), yaml.StreamEndEvent):
                return None
            value = self._value(self._next())
            self._next()  # the document ends
            if not isinstance(self._next(), yaml.StreamEndEvent):
                raise _Rare
            return value
        finally:
            self._loader.dispose()

    def _value(self, event: Any) -> Any:
        """What begins with an event; the events up to its end are taken."""
        kind, following = type(event), self._next
        if kind is yaml.AliasEvent or event.anchor or event.tag:
            raise _Rare
        if kind is yaml.ScalarEvent:
            text = event.value
            if not event.implicit[0]:
                return text
            return self._plain[text] if text in self._plain else self._unquoted(text)
        if kind is yaml.SequenceStartEvent:
            row = []
            while type(event := following()) is not yaml.SequenceEndEvent:
                row.append(self._value(event))
            return row
        table = {}
        while type(event := following()) is not yaml.MappingEndEvent:
            key = self._value(event)
            table[key] = self._value(following())
        return table

    def _unquoted(self, text: str) -> Any:
        """What an unquoted text is by the rules of YAML."""
        tag = self._loader.resolve(yaml.ScalarNode, text, (True, False))
        if tag == _MERGE:
            raise _Rare
        node = yaml.ScalarNode(tag, text)
        value = self._plain[text] = text if tag == _TEXT else self._loader.construct_object(node)
        return value


def line_of(path: Path, keys: Sequence[Any]) -> int:
    """The line on which the value under these keys begins; found by a second reading, errors are rare."""
    node = yaml.compose(path.read_bytes(), Loader=_LOADER)
    for key in keys:
        inner = None
        if isinstance(node, yaml.MappingNode):
            inner = next((v for k, v in node.value if k.value == str(key)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            inner = node.value[key]
        if inner is None:
            break
        node = inner
    return int(node.start_mark.line) + 1 if node is not None else 1


def fault(path: Path, keys: Sequence[Any], message: str, remedy: str) -> CatalogueError:
    """The error for the value under these keys of a YAML file."""
    return CatalogueError(message, where=f"{path.name}:{line_of(path, keys)}", remedy=remedy)
