"""Which parties a sentence names: forces of the state, those who hold ground, rebels, men on duty."""

from __future__ import annotations

from worker.domain.understanding.who.pruning import STATE
from worker.domain.understanding.words.meanings import Actor, Concept
from worker.domain.understanding.words.reading import Hit, Row, speaks

CIVIL = frozenset({"civilians", "official", "journalist", "activist", "workers", "homes"})


def holders_named(hits: Row) -> bool:
    """Whether forces of the state, Peshmerga or Popular Mobilization are named as those who take ground."""
    for hit in hits:
        meaning = hit.meaning
        own = isinstance(meaning, Actor) and meaning.side in ("government", "kurdish", "pmf")
        own = own or (isinstance(meaning, Concept) and meaning.local)
        if own and not speaks(hit, hits):
            return True
    return False


def rebels_named(hits: Row) -> bool:
    """Whether insurgents are named."""
    return any(_rebel(h) for h in hits)


def rebels_took(trigger: Hit, hits: Row) -> bool:
    """Whether those who took a place are insurgents: whoever is named nearest before the verb, else first behind it.

    "IS fighters captured the town as the army withdrew" and, verb first, "captured IS fighters the town"; "by" goes before.
    """
    parties = [
        (h, _rebel(h))
        for h in hits
        if _rebel(h) or (_holder(h) and not speaks(h, hits) and not _left(h, hits))
    ]
    agents = [h.last for h in hits.of("by_agent") if h.first >= trigger.last]
    for party, rebel in parties:
        if any(0 <= party.first - at <= 3 for at in agents):
            return rebel
    before = [rebel for party, rebel in parties if party.last <= trigger.first]
    if before:
        return before[-1]
    behind = [rebel for party, rebel in parties if party.first >= trigger.first]
    return bool(behind) and behind[0]


def _left(hit: Hit, hits: Row) -> bool:
    """Whether a party is named only as the one that had withdrawn before."""
    return any(max(hit.first - h.last, h.first - hit.last) <= 1 for h in hits.of("withdraw"))


def _rebel(hit: Hit) -> bool:
    """Whether words name insurgents."""
    meaning = hit.meaning
    return hit.key in ("militants", "gunmen") or (
        isinstance(meaning, Actor) and meaning.coarse in ("isis", "pkk")
    )


def _holder(hit: Hit) -> bool:
    """Whether words name forces of the state, Peshmerga, Popular Mobilization or their allies."""
    meaning = hit.meaning
    if isinstance(meaning, Concept):
        return meaning.local
    return isinstance(meaning, Actor) and (
        meaning.side in ("government", "kurdish", "pmf") or meaning.coarse in ("us_forces", "coalition")
    )


def state_acts(hits: Row) -> bool:
    """Whether state or allied forces are named among those who may have acted."""
    for hit in hits:
        meaning = hit.meaning
        if (
            isinstance(meaning, Actor)
            and meaning.coarse in STATE | {"us_forces", "coalition"}
            and not speaks(hit, hits)
        ):
            return True
        if isinstance(meaning, Concept) and meaning.local and not speaks(hit, hits):
            return True
    return False


def on_duty(hits: Row) -> bool:
    """Whether armed forces on duty are the ones attacked, or state forces attack rebels."""
    worn = hits.of("disguise")
    hits = Row(
        [h for h in hits if not speaks(h, hits) and not any(w.first <= h.first < w.last for w in worn)]
    )
    if "off_duty" in hits.keys:
        return False
    forces = [h for h in hits if isinstance(h.meaning, Concept) and h.meaning.duty]
    posts = [h for h in hits if h.key in ("checkpoint", "base", "patrol")]
    actors = [h.meaning for h in hits if isinstance(h.meaning, Actor)]
    sides = {a.target for a in actors} | {a.coarse for a in actors}
    civil = [h for h in hits if h.key in CIVIL]
    armed = bool(
        sides
        & {
            "peshmerga",
            "hashd",
            "us_forces",
            "coalition",
            "turkish_forces",
            "iraqi_army",
            "iraqi_forces",
            "federal_police",
            "cts",
        }
    )
    rebels = bool(sides & {"isis", "pkk"}) or any(h.key in ("militants", "gunmen") for h in hits)
    if not forces and not posts and not armed:
        return False
    return rebels or not civil or len(forces) + len(posts) >= len(civil)


def gunmen_alone(shots: Hit, hits: Row) -> bool:
    """Whether gunmen are named before the shots at a crowd and no forces of the state are."""
    if not any(h.last <= shots.first for h in hits.of("gunmen")):
        return False
    state = hits.of("security_forces", "army", "police_force", "police", "dispersal")
    return not any(h.first < shots.last for h in state)
