"""How near two kinds of event, weapon or actor are: what one desk calls an attack, another calls a clash.

Numbers are likenesses from 0 (cannot be one event) to 1 (the same), by what coders of ACLED's codebook
(2023) confuse when they know less: a strike whose weapon is not known yet, a bomb found or gone off.
"""

from __future__ import annotations

from functools import lru_cache

_FAMILIES = {
    "explosion": (
        "Air/drone strike", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED",
        "Suicide bomb", "Grenade", "Chemical weapon", "Disrupted weapons use",
    ),
    "fight": (
        "Armed clash", "Attack", "Government regains territory", "Non-state actor overtakes territory",
        "Headquarters or base established", "Non-violent transfer of territory",
    ),
    "crowd": (
        "Peaceful protest", "Protest with intervention", "Excessive force against protesters",
        "Violent demonstration", "Mob violence", "Looting/property destruction",
    ),
    "seizure": ("Abduction/forced disappearance", "Arrests", "Sexual violence"),
    "other": ("Change to group/activity", "Agreement", "Other"),
}  # fmt: skip
_FAMILY = {kind: name for name, kinds in _FAMILIES.items() for kind in kinds}

_AIR, _SHELL, _IED = "Air/drone strike", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED"
_SUICIDE, _FOILED, _CLASH, _ATTACK = "Suicide bomb", "Disrupted weapons use", "Armed clash", "Attack"
_GRENADE, _ABDUCT, _ARREST = "Grenade", "Abduction/forced disappearance", "Arrests"
_REGAIN, _OVERTAKE = "Government regains territory", "Non-state actor overtakes territory"
_NEIGHBOURS = {
    (_AIR, _SHELL): 0.75, (_AIR, _FOILED): 0.65, (_SHELL, _FOILED): 0.6, (_AIR, _IED): 0.4,
    (_AIR, _ATTACK): 0.5, (_AIR, _CLASH): 0.4, (_SHELL, _ATTACK): 0.5, (_SHELL, _CLASH): 0.5,
    (_SHELL, _IED): 0.5, (_SHELL, _GRENADE): 0.5, (_IED, _SUICIDE): 0.7, (_IED, _GRENADE): 0.7,
    (_IED, _FOILED): 0.6, (_IED, _ATTACK): 0.6, (_IED, _CLASH): 0.6, (_SUICIDE, _ATTACK): 0.6,
    (_SUICIDE, _CLASH): 0.6, (_SUICIDE, _FOILED): 0.5, (_GRENADE, _ATTACK): 0.6, (_CLASH, _ATTACK): 0.85,
    (_CLASH, _REGAIN): 0.6, (_CLASH, _OVERTAKE): 0.6, (_ATTACK, _OVERTAKE): 0.5, (_ATTACK, _ABDUCT): 0.55,
    (_ATTACK, "Mob violence"): 0.5, (_CLASH, _ABDUCT): 0.4, (_CLASH, _ARREST): 0.5,
    (_ARREST, _FOILED): 0.5, (_ARREST, _ABDUCT): 0.4, (_CLASH, _FOILED): 0.3,
    (_REGAIN, "Non-violent transfer of territory"): 0.6, (_REGAIN, _ATTACK): 0.3,
    ("Peaceful protest", "Protest with intervention"): 0.75,
    ("Peaceful protest", "Excessive force against protesters"): 0.55,
    ("Peaceful protest", "Violent demonstration"): 0.6,
    ("Protest with intervention", "Excessive force against protesters"): 0.8,
    ("Protest with intervention", "Violent demonstration"): 0.7,
    ("Excessive force against protesters", "Violent demonstration"): 0.6,
    ("Excessive force against protesters", _ATTACK): 0.4,
    ("Violent demonstration", "Mob violence"): 0.7,
    ("Violent demonstration", "Looting/property destruction"): 0.6,
    ("Mob violence", "Looting/property destruction"): 0.6,
    ("Other", _IED): 0.5, ("Other", _AIR): 0.4, ("Other", _SHELL): 0.4, ("Other", _ATTACK): 0.3,
    (_SHELL, "Chemical weapon"): 0.6, ("Change to group/activity", "Agreement"): 0.5,
}  # fmt: skip

_WEAPONS = (
    ("rocket", "missile", "mortar", "artillery"), ("drone", "air_strike", "missile"),
    ("ied", "car_bomb", "mine"), ("car_bomb", "suicide_vest"), ("small_arms", "grenade", "knife"),
    ("ied", "grenade"), ("drone", "rocket"),
)  # fmt: skip
_ACTORS = (
    ("hashd", "kataib_hezbollah", "asaib_ahl_al_haq", "harakat_al_nujaba", "kataib_sayyid_al_shuhada", "badr",
     "saraya_al_salam", "islamic_resistance_in_iraq", "pro_iran_faction"),
    ("iraqi_army", "federal_police", "cts", "iraqi_forces", "soldiers", "police"),
    ("us_forces", "coalition"), ("irgc", "pro_iran_faction"),
)  # fmt: skip
_TARGETS = (
    ("base", "soldiers", "us_forces", "coalition", "hashd", "peshmerga"),
    ("patrol", "convoy", "checkpoint", "soldiers", "police", "base", "hashd", "peshmerga"),
    ("civilians", "homes", "market", "restaurant", "school", "pilgrims", "mosque", "activist", "journalist"),
    ("oil_facility", "gas_field", "port", "power_line"), ("airport", "base", "coalition", "us_forces"),
    ("embassy", "us_forces"), ("official", "party_office", "homes", "police", "activist", "civilians"),
    ("isis", "pkk"),
)  # fmt: skip


def type_likeness(a: str, b: str) -> float:
    """How well two sub-event types can describe one event: 1 the same, 0 never."""
    if a == b:
        return 1.0
    near = _NEIGHBOURS.get((a, b), _NEIGHBOURS.get((b, a)))
    if near is not None:
        return near
    return 0.25 if _FAMILY.get(a, a) == _FAMILY.get(b, b) else 0.0


@lru_cache(maxsize=200)
def kinds_near(sub_event_type: str, least: float) -> tuple[str, ...]:
    """Name the sub-event types under which another desk may have filed the same event, itself first."""
    near = (k for k in _FAMILY if k != sub_event_type and type_likeness(sub_event_type, k) >= least)
    return (sub_event_type, *near)


IN_COMMON = 0.5
"""Likeness that only sets with something in common have."""


def _set_likeness(a: tuple[str, ...], b: tuple[str, ...], groups: tuple[tuple[str, ...], ...]) -> float:
    """Share in common: 1 equal, .5 of a kind, 0 disjoint; the smaller set counts, the other may know more."""
    small, large = (set(a), set(b)) if len(a) <= len(b) else (set(b), set(a))
    common = len(small & large) / len(small)
    if common:
        return 0.6 + 0.4 * len(small & large) / len(small | large) if common == 1 else 0.5 + 0.2 * common
    kin = any(x in group and y in group for group in groups for x in small for y in large)
    return 0.4 if kin else 0.0


@lru_cache(maxsize=20_000)
def weapon_likeness(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """Compare weapons; both must be known."""
    return _set_likeness(a, b, _WEAPONS)


@lru_cache(maxsize=20_000)
def actor_likeness(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """Compare actors; both must be known."""
    return _set_likeness(a, b, _ACTORS)


@lru_cache(maxsize=20_000)
def target_likeness(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """Compare targets; both must be known."""
    return _set_likeness(a, b, _TARGETS)
