"""What the odds put right, in plain English: the rules' answers beside those that were kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from worker.domain.model import Event
from worker.domain.understanding.assembly.draft import Draft


def kinds_changed(
    read: Sequence[tuple[Draft, str]], kept: Sequence[Draft], likely: Mapping[str, float]
) -> list[str]:
    """The events that the rules read (each with its kind then) against those that stand now."""
    said = []
    for event, kind in read:
        if event not in kept:
            said.append(f"no event of its own: {_with(kind, likely)}")
        elif event.type != kind:
            said.append(f"{_with(event.type, likely)} in place of {_with(kind, likely)}")
    known = [event for event, _ in read]
    said += [f"{_with(d.type, likely)}, told in no phrase that is known" for d in kept if d not in known]
    return [_odds(s) for s in said]


def parties_changed(read: Event, kept: Event) -> list[str]:
    """An event's parties, targets and arms as the rules read them against those that were kept."""
    said = []
    for field, what in (("actors", "actor"), ("targets", "target"), ("weapons", "weapon")):
        before, after = getattr(read, field), getattr(kept, field)
        said += [f"{kept.sub_event_type} without the {what} {name}" for name in before if name not in after]
        said += [f"{kept.sub_event_type} with the {what} {name}" for name in after if name not in before]
    return [_odds(s) for s in said]


def terms_changed(read: Iterable[str], kept: Iterable[str], likely: Mapping[str, float]) -> list[str]:
    """The watch terms that were left out."""
    stand = set(kept)
    return [_odds(f"no term {_with(term, likely)}") for term in read if term not in stand]


def _with(answer: str, likely: Mapping[str, float]) -> str:
    """An answer with its probability, to two digits, or three where it is next to nothing."""
    chance = likely.get(answer)
    if chance is None:
        return answer
    return f"{answer} ({chance:.2f})" if chance >= _NEXT_TO_NOTHING else f"{answer} ({chance:.3f})"


_NEXT_TO_NOTHING = 0.01


def _odds(said: str) -> str:
    return f"odds of all its words: {said}"
