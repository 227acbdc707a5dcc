"""One English sentence from an event's frame, whatever the language of the item.

"Missile hits Baghdad International Airport, 18 Aug 2020; nobody hurt; no claim". It says only what the
event's fields say, so every word of it has its evidence.
"""

from __future__ import annotations

from worker.domain.model import Event
from worker.domain.vocabulary import ACTORS, TARGETS, WEAPONS

_DEEDS: dict[str, tuple[str, str]] = {
    "Armed clash": ("Clash", "Clashes"),
    "Government regains territory": ("Government forces retake ground", "Government forces retake ground"),
    "Non-state actor overtakes territory": ("Militants take ground", "Militants take ground"),
    "Chemical weapon": ("Chemical attack", "Chemical attacks"),
    "Air/drone strike": ("Air strike", "Air strikes"),
    "Suicide bomb": ("Suicide bombing", "Suicide bombings"),
    "Shelling/artillery/missile attack": ("Shelling", "Attacks"),
    "Remote explosive/landmine/IED": ("Bomb explodes", "Bombings"),
    "Grenade": ("Grenade attack", "Grenade attacks"),
    "Attack": ("Armed attack", "Attacks"),
    "Abduction/forced disappearance": ("Abduction", "Abductions"),
    "Sexual violence": ("Sexual violence", "Sexual violence"),
    "Peaceful protest": ("Protest", "Protests"),
    "Protest with intervention": ("Protest dispersed", "Protests dispersed"),
    "Excessive force against protesters": ("Fire on protesters", "Fire on protesters"),
    "Violent demonstration": ("Riot", "Riots"),
    "Mob violence": ("Mob violence", "Mob violence"),
    "Arrests": ("Arrests", "Arrests"),
    "Disrupted weapons use": ("Weapons seized or attack foiled", "Attacks foiled"),
    "Change to group/activity": ("Change of forces", "Changes of forces"),
    "Agreement": ("Agreement", "Agreements"),
    "Headquarters or base established": ("Base set up", "Bases set up"),
    "Looting/property destruction": ("Property destroyed", "Property destroyed"),
    "Non-violent transfer of territory": ("Site handed over", "Sites handed over"),
    "Other": ("Security event", "Security events"),
}
_HITTING = ("missile", "rocket", "drone", "mortar", "artillery", "car_bomb", "ied", "mine", "grenade")
_STRUCK = frozenset(
    {"Air/drone strike", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade"}
)
_SITES = frozenset(
    [
        "convoy",
        "base",
        "embassy",
        "airport",
        "oil_facility",
        "power_line",
        "checkpoint",
        "market",
        "mosque",
        "homes",
        "restaurant",
        "school",
        "bank",
        "port",
        "gas_field",
        "party_office",
    ]
)


def gist(event: Event) -> str:
    """The sentence for one event; never empty."""
    parts = [_what(event) + _where(event) + _when(event)]
    toll = _toll(event)
    if toll:
        parts.append(toll)
    who = _who(event)
    if who:
        parts.append(who)
    return "; ".join(parts)


def _what(event: Event) -> str:
    """The deed with its weapon and its target."""
    one, many = _DEEDS[event.sub_event_type]
    weapon = next((w for w in _HITTING if w in event.weapons), "")
    target = _named_target(event)
    if event.count:
        return f"{event.count} {many.lower()}" + (f" on {target}" if target else "")
    if event.foiled and event.sub_event_type == "Disrupted weapons use":
        return f"{WEAPONS[weapon].capitalize()} attack foiled" if weapon else one
    if event.sub_event_type in _STRUCK and weapon:
        noun = WEAPONS[weapon].capitalize()
        if target:
            return f"{noun} hits {target}"
        return f"{noun} attack" if weapon not in ("ied", "car_bomb", "mine") else f"{noun} explodes"
    site = bool(_SITES & set(event.targets))
    if target and event.sub_event_type == "Armed clash":
        return f"{one} at {target}" if site else f"{one} with {target}"
    if target and event.sub_event_type in ("Air/drone strike", "Attack", "Suicide bomb"):
        return f"{one} on {target}"
    if target and event.sub_event_type in ("Arrests", "Abduction/forced disappearance"):
        return f"{one} at {target}" if site else f"{one} of {target}"
    return one


def _named_target(event: Event) -> str:
    """The target in words, not repeated where the place's name says it."""
    for target in sorted(event.targets, key=lambda t: t not in _SITES):
        name = TARGETS[target]
        if event.place and name.lower() in event.place.lower():
            return event.place
        return name
    return ""


def _where(event: Event) -> str:
    """Place and governorate, unless the deed named it already."""
    if not event.place or _named_target(event) == event.place:
        return ""
    if event.governorate and event.governorate.lower() not in event.place.lower():
        return f" in {event.place}, {event.governorate}"
    return f" in {event.place}"


def _when(event: Event) -> str:
    """The day as 18 Aug 2020."""
    return f", {event.date.day} {event.date:%b %Y}" if event.date else ""


def _toll(event: Event) -> str:
    """Dead and wounded in words."""
    if event.killed == 0 and not event.wounded:
        return "nobody hurt" if event.wounded == 0 else "nobody killed"
    if event.wounded == 0 and event.killed is None and not event.killed_max:
        return "nobody hurt"
    parts = []
    for value, word in ((event.killed, "killed"), (event.wounded, "wounded")):
        if vague := event.vaguely(word):
            parts.append(f"{vague} {word}")
        if value:
            parts.append(f"{value} {word}")
    return ", ".join(parts)


def _who(event: Event) -> str:
    """Who claims it, is suspected, or did it."""
    if event.claimed_by:
        return "claimed by " + _names(event.claimed_by)
    if event.suspected:
        denied = ", denied" if event.denied else ""
        return "blamed on " + _names(event.suspected) + denied
    if event.actors:
        return "by " + _names(event.actors)
    return "no claim" if event.sub_event_type in _STRUCK or event.sub_event_type == "Suicide bomb" else ""


def _names(actors: tuple[str, ...]) -> str:
    """Actors in English."""
    return " and ".join(ACTORS[a] for a in actors)
