"""Where a language puts what: on which side of a word its figure, its doer or its attribute stands.

The keys are those of the language files; docs/languages.md says what each means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Grammar:
    """The order of words in a language, as its file gives it."""

    script: str = ""
    number_side: str = "both"
    """Where the figure of a toll stands: `before` its word, `after`, or `both`."""
    attributes_first: bool = False
    """The noun stands last and what describes it before (`distance_side: after`): *Bağdat'ın kuzeyi*."""
    agent_behind: bool = False
    """What makes a party the doer or the one attacked stands behind its name."""
    nation_behind: bool = False
    """A nation's name stands right behind the blow or the arms that are its own."""
    speaker_behind: bool = False
    """The speaker stands behind the verb of saying."""
    verb_final: bool = False
    """The verb ends the clause."""
    verb_bracket: bool = False
    """A helping verb opens the predicate, the rest of it ends the clause."""
    compounds: bool = False
    """Words are made of words."""
    at_home: bool = False
    """Spoken in Iraq above all: one name of a place tells where a text is set."""
    bare_singular: bool = False
    """A counted noun in the singular without a number means one."""


def grammar_of(language: Mapping[str, Any]) -> Grammar:
    """The habits that a language's file gives."""
    return Grammar(
        script=str(language.get("script") or ""),
        number_side=str(language.get("number_side") or "both"),
        attributes_first=language.get("distance_side") == "after",
        agent_behind=language.get("agent_side") == "after",
        nation_behind=language.get("nation_side") == "after",
        speaker_behind=language.get("speaker_side") == "after",
        verb_final=bool(language.get("verb_final")),
        verb_bracket=bool(language.get("verb_bracket")),
        compounds=bool(language.get("compounds")),
        at_home=bool(language.get("at_home")),
        bare_singular=bool(language.get("bare_singular")),
    )
