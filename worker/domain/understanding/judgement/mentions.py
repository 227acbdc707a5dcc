"""Words of a watch term that don't speak of it: the airport as a landmark, a belt that was found, a rebel's base."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from worker.domain.understanding.where.places import is_capital
from worker.domain.understanding.words.meanings import Actor, Country, Place
from worker.domain.understanding.words.reading import Hit, Reading, Row, speaks

FROM_AFAR = frozenset({"rocket", "missile", "mortar", "rocket_attack", "missile_attack", "shelling"})
ABROAD = frozenset({"turkey_ops", "us_forces", "coalition", "iran", "peshmerga"})
"""Terms of forces that are not Baghdad's."""


def is_idle(hit: Hit, hits: Row, *, deed: bool) -> bool:
    """Whether the words of a thing, a deed or a place in this sentence say nothing of their term."""
    if hit.group == "weapon" and not (deed or hit.key in _DEEDS):
        return True
    arms = (hit.group == "weapon" or hit.key in FROM_AFAR) and hit.key not in _LAID
    aimed = hit.key == "rocket" and "launcher" in hits.keys
    if arms and not aimed and not hits.keys.isdisjoint(_CACHES):
        return True
    test = _IDLE.get(hit.key)
    return test is not None and test(hit, hits)


_LAID = frozenset({"ied", "mine"})
"""Arms that are a matter of their own where they are found: a cache of mines, but no rocket attack with a cache of rockets."""
_DEEDS = frozenset({"suicide", "suicide_vehicle"})
"""Weapons that tell a deed by themselves."""
_CACHES = frozenset({"seize_arms", "arms_cache"})


def is_no_force(hit: Hit, hits: Row, reading: Reading) -> bool:
    """Whether words name a ministry or a title, or who reported, and no men under arms."""
    if any(m.first <= hit.first and hit.last <= m.last for m in hits.of("institution", "disguise", "guards")):
        return True
    if _fell(hit, hits):
        return False
    if _of_the_region(hit, hits):
        return True
    if ":" in reading.between(hit.last - 1):
        return True  # "Police: bomb kills two"
    if any(0 < m.first - hit.last <= 4 and "," in reading.between(m.first - 1) for m in hits.of("said")):
        return False  # "…, said the minister"
    if not hits.keys.isdisjoint(_OWN_DEEDS):
        return False  # what they tell is what they did
    if any(0 <= hit.first - m.last <= 1 for m in hits.of("said")):
        return True
    return speaks(hit, hits) or (hit.key in _REPORTERS and _reports(hit, hits))


def _fell(hit: Hit, hits: Row) -> bool:
    """Whether words name those who were hit."""
    return hit.group == "target" and any(0 <= hit.first - m.last <= 3 for m in hits.of("killed", "wounded"))


def _of_the_region(hit: Hit, hits: Row) -> bool:
    """Whether unnamed forces are the Kurdistan Region's, because nothing but its places stands beside them."""
    if hit.key in _BAGHDADS or any(_is_iraq(h) for h in hits.countries):
        return False
    places = {h.meaning.governorate for h in hits.places if isinstance(h.meaning, Place)}
    region = any(isinstance(h.meaning, Place) and h.meaning.id == "iraqi-kurdistan" for h in hits.places)
    return region or (bool(places) and places <= _REGION)


_REGION = frozenset({"Erbil", "Duhok", "Sulaymaniyah", "Halabja"})
_BAGHDADS = frozenset({"army", "soldiers", "actor:iraqi_army"})
"""Words of forces that the region has none of."""


def _is_iraq(hit: Hit) -> bool:
    """Whether words name Iraq or its people."""
    return isinstance(hit.meaning, Country) and hit.meaning.code == "IQ"


_OWN_DEEDS = frozenset({"arrest", "seize_arms", "arms_cache"})
"""Deeds of the state: who announces them carried them out."""
_REPORTERS = frozenset({"police", "police_force"})
_BYLINE = 7
"""Words between those who speak and the verb, with the others who speak: "police and medics in Baquba said"."""


def _reports(hit: Hit, hits: Row) -> bool:
    """Whether police that no deed or toll parts from the verb of saying are who reported."""
    return any(
        0 <= said.first - hit.last <= _BYLINE
        and not any(hit.last <= h.first < said.first for h in hits if h.group in ("act", "toll", "weapon"))
        for said in hits.of("said")
    )


def is_on_duty(hit: Hit, hits: Row, *, deed: bool) -> bool:
    """Whether soldiers or policemen that a sentence names are Iraq's, and part of what it tells."""
    if not deed or any(0 <= hit.first - m.last <= 1 for m in hits.of("near")):
        return False
    if "trial" in hits.keys and not _fell(hit, hits):
        return False
    if any(isinstance(h.meaning, Country) and h.meaning.code != "IQ" for h in hits.countries):
        return False
    return not any(isinstance(h.meaning, Actor) and h.meaning.term in ABROAD for h in hits)


def is_of_rockets(hit: Hit, hits: Row) -> bool:
    """Whether a general word of shelling is told to be one of rockets or missiles: German *Beschuss mit Raketen*."""
    if hit.key != "shelling" or not hits.keys.isdisjoint(("mortar", "artillery")):
        return False
    return "rocket" in hits.keys or "missile" in hits.keys


def is_campaign(hit: Hit, hits: Row) -> bool:
    """Whether words of fighting may mean a whole war: "ISIS, which is fighting the government", "the battle for Mosul"."""
    return hit.key == "clash" and any(
        m.first <= hit.first and hit.last <= m.last for m in hits.of("campaign")
    )


def _is_elsewhere(hit: Hit, hits: Row) -> bool:
    """Whether a clash is played, or is one of two other countries: "the clash of Iran and Israel"."""
    if "drill" in hits.keys and "toll" not in hits.groups:
        return True
    lands = {
        h.meaning.code
        for h in hits.countries
        if isinstance(h.meaning, Country) and h.meaning.code != "IQ" and 0 <= hit.first - h.last <= 1
    }
    return len(lands) > 1


def _is_of_a_crowd(_hit: Hit, hits: Row) -> bool:
    """Whether a crowd was driven back, and no attack."""
    return not hits.keys.isdisjoint({"protest", "protesters", "riot", "fire_on_crowd", "dispersal"})


def _is_no_cache(hit: Hit, hits: Row) -> bool:
    """Whether a launcher was found, which holds no arms, or a store was blown up and not found."""
    if any(0 <= max(h.first - hit.last, hit.first - h.last, 0) <= _BESIDE for h in hits.of("launcher")):
        return True
    return hit.key == "arms_cache" and "seize_arms" not in hits.keys and not hits.keys.isdisjoint(_BLASTED)


_BESIDE = 8
_BLASTED = frozenset({"airstrike", "strike", "aircraft", "bombardment", "drone_attack", "rocket_attack"})


def _is_found(_hit: Hit, hits: Row) -> bool:
    """Whether an explosive belt was found on somebody and did not go off."""
    return not hits.keys.isdisjoint(_SEIZED) and hits.keys.isdisjoint(_BLOWN)


_SEIZED = frozenset({"arrest", "seize_arms", "arms_cache", "foil", "defuse"})
_BLOWN = frozenset({"suicide", "suicide_bombing", "suicide_vehicle", "killed", "wounded", "casualties"})


def _is_spared(_hit: Hit, hits: Row) -> bool:
    """Whether the Green Zone is the scene and not what was fired at."""
    return hits.keys.isdisjoint(FROM_AFAR)


def _is_housed(hit: Hit, hits: Row) -> bool:
    """Whether an embassy only tells what lies in a place: the Green Zone, home to foreign embassies."""
    return _is_spared(hit, hits) and any(0 <= hit.first - m.last <= _LIST for m in hits.of("houses"))


_LIST = 8
"""Words between "houses" and the last thing of the list."""


def _is_landmark(hit: Hit, hits: Row) -> bool:
    """Whether an airport only tells where a more exact place lies, or is another country's."""
    if _is_foreign(hit, hits):
        return True
    if not any(0 <= hit.first - m.last <= 2 for m in hits.of("near", "distance")):
        return False
    return any(
        isinstance(h.meaning, Place)
        and h.meaning.type in _SPOTS
        and not is_capital(h.meaning)
        and (h.last <= hit.first or h.first >= hit.last)
        and abs(h.first - hit.first) <= _NEAR_BY
        for h in hits.places
    )


_SPOTS = frozenset({"village", "quarter", "subdistrict", "road", "camp", "town", "base"})
_NEAR_BY = 8


def _is_foreign(hit: Hit, hits: Row) -> bool:
    """Whether another country or its town stands right beside: Damascus airport, a base in Germany."""
    for other in hits.countries:
        meaning = other.meaning
        if not isinstance(meaning, Country) or meaning.code == "IQ" or meaning.code in _POSTING:
            continue
        if meaning.kind == "people" and not _CAPITAL_OF - 1 <= hit.first - other.last <= _CAPITAL_OF:
            continue
        if other.last == hit.first or 0 <= other.first - hit.last <= 1 or meaning.kind == "people":
            return True
    return False


_CAPITAL_OF = 2
"""Words between a people and the thing of its capital: "the Syrian capital's airport"."""
_POSTING = frozenset({"US", "TR", "IR", "GB", "FR", "IL"})
"""Countries whose name beside a base tells whose it is."""


def _is_theirs(hit: Hit, hits: Row) -> bool:
    """Whether a base is a rebel's hideout, lies abroad or is but a post."""
    if any(m.first <= hit.first and hit.last <= m.last for m in hits.of("lesser_base")):
        return True
    return _is_foreign(hit, hits) or any(
        isinstance(h.meaning, Actor) and h.meaning.term in ("pkk", "isis") and 0 <= h.first - hit.last <= 1
        for h in hits.actors
    )


def _is_detained(hit: Hit, hits: Row) -> bool:
    """Whether the captives are a state's prisoners."""
    return any(h.first <= hit.first and hit.last <= h.last for h in hits.of("detainees"))


def _is_payload(hit: Hit, hits: Row) -> bool:
    """Whether a bomb is what a drone carries."""
    return any(0 <= h.first - hit.last <= 2 for h in hits.of("drone", "drone_attack"))


def _is_cleared(hit: Hit, hits: Row) -> bool:
    """Whether the mine is but a part of the words for clearing old ordnance."""
    return any(h.first <= hit.first and hit.last <= h.last for h in hits.of("defuse"))


def _is_old(hit: Hit, hits: Row) -> bool:
    """Whether an arrest is told with its trial, or dated to years ago."""
    return "trial" in hits.keys or any(
        0 <= h.first - hit.last <= 3 for h in hits.of("background", "years_back")
    )


_IDLE: Mapping[str, Callable[[Hit, Row], bool]] = {
    "explosive_belt": _is_found,
    "green_zone": _is_spared,
    "embassy": _is_housed,
    "airport": _is_landmark,
    "base": _is_theirs,
    "captives": _is_detained,
    "bomb": _is_payload,
    "car_bomb": _is_payload,
    "mine": _is_cleared,
    "arrest": _is_old,
    "clash": _is_elsewhere,
    "repel": _is_of_a_crowd,
    "seize_arms": _is_no_cache,
    "arms_cache": _is_no_cache,
}
