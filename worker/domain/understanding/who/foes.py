"""The two sides of a fight, once the sentences that tell it are put together."""

from __future__ import annotations

from worker.domain.understanding.assembly.draft import Draft
from worker.domain.understanding.counting.losses import BOTH
from worker.domain.understanding.sentence.frame import CLASH
from worker.domain.understanding.who.pruning import REBELS
from worker.domain.understanding.who.roles import STRIKERS
from worker.domain.understanding.words.reading import Hit


def settle_sides(
    event: Draft, actors: dict[str, Hit], targets: dict[str, Hit], fallen: frozenset[int]
) -> None:
    """Whom an operation killed was hit; where both sides of a fight have their dead, both are its doers."""
    if event.type != CLASH:
        return
    if actors.keys() & STRIKERS and not any("clash" in f.hits.keys for f in event.frames):
        for rebel in REBELS & set(actors) & set(targets):
            if targets[rebel].start in fallen:
                del actors[rebel]  # whose men an operation killed
    if _both_fell(event):
        for rebel in REBELS & set(targets):
            actors.setdefault(rebel, targets.pop(rebel))
        if actors.keys() & (STRIKERS - {"iraqi_forces"}):
            targets.pop("soldiers", None)


def _both_fell(event: Draft) -> bool:
    """Whether a fight is told with the dead of both its sides, who then are both its doers."""
    killed = event.tolls.get("killed")
    told = event.type == CLASH and killed is not None and killed.side == BOTH
    return told and any("clash" in f.hits.keys for f in event.frames)
