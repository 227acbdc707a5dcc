"""The closed lists that events are coded in: ACLED's types, Marsad's terms, actors, targets, weapons.

They are the product's vocabulary and not words of any language, so they live in code where mypy and
the tests see them. Source of the types and the interaction codes: ACLED codebook, 2023.
"""

from __future__ import annotations

EVENT_TYPES: dict[str, tuple[str, ...]] = {
    "Battles": ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    "Explosions/Remote violence": (
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    ),
    "Violence against civilians": ("Attack", "Abduction/forced disappearance", "Sexual violence"),
    "Protests": ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Strategic developments": (
        "Arrests",
        "Disrupted weapons use",
        "Change to group/activity",
        "Agreement",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ),
}
"""ACLED's six event types and the sub-event types of each."""

PARENT: dict[str, str] = {sub: parent for parent, subs in EVENT_TYPES.items() for sub in subs}
"""Sub-event type to event type."""

SUB_EVENT_TYPES: tuple[str, ...] = tuple(PARENT)

TERMS: dict[str, str] = {
    "rocket_attack": "rocket or missile attack",
    "drone_attack": "drone attack",
    "airstrike": "air strike",
    "ied": "roadside bomb or other explosive device",
    "car_bomb": "car bomb",
    "suicide_attack": "suicide attack",
    "shelling": "mortar or artillery fire",
    "assassination": "assassination",
    "kidnapping": "kidnapping",
    "clashes": "clashes",
    "ambush": "ambush",
    "convoy": "convoy",
    "hashd": "Popular Mobilization Forces and their factions",
    "isis": "Islamic State",
    "pkk": "PKK",
    "us_forces": "American forces",
    "coalition": "international coalition",
    "iran": "Iran's Revolutionary Guards",
    "turkey_ops": "Turkish operations",
    "peshmerga": "Peshmerga",
    "iraqi_forces": "Iraqi forces",
    "embassy": "embassy or Green Zone",
    "airport": "airport",
    "oil_facility": "oil or gas facility",
    "base": "military base",
    "checkpoint": "checkpoint",
    "protest": "protest",
    "weapons_cache": "weapons cache",
    "arrest": "arrest",
}
"""Watch terms and what they are called in English."""

ACTORS: dict[str, str] = {
    "hashd": "Popular Mobilization Forces",
    "kataib_hezbollah": "Kata'ib Hezbollah",
    "asaib_ahl_al_haq": "Asa'ib Ahl al-Haq",
    "harakat_al_nujaba": "Harakat al-Nujaba",
    "kataib_sayyid_al_shuhada": "Kata'ib Sayyid al-Shuhada",
    "badr": "Badr Organization",
    "saraya_al_salam": "Saraya al-Salam",
    "islamic_resistance_in_iraq": "Islamic Resistance in Iraq",
    "isis": "Islamic State",
    "pkk": "PKK",
    "peshmerga": "Peshmerga",
    "iraqi_army": "Iraqi army",
    "federal_police": "Federal Police",
    "cts": "Counter Terrorism Service",
    "iraqi_forces": "Iraqi forces",
    "us_forces": "US forces",
    "coalition": "international coalition",
    "turkish_forces": "Turkish forces",
    "irgc": "Iran's Revolutionary Guards",
    "israel": "Israel",
    "tribal_gunmen": "tribal gunmen",
    "unknown_gunmen": "gunmen",
    "protesters": "protesters",
    "pro_iran_faction": "pro-Iranian faction",
}
"""Actor ids and their English names."""

INTERACTION: dict[str, int] = {
    **dict.fromkeys(("iraqi_army", "federal_police", "cts", "iraqi_forces", "peshmerga"), 1),
    **dict.fromkeys(("isis", "pkk"), 2),
    **dict.fromkeys(
        (
            "hashd",
            "kataib_hezbollah",
            "asaib_ahl_al_haq",
            "harakat_al_nujaba",
            "kataib_sayyid_al_shuhada",
            "badr",
            "saraya_al_salam",
            "islamic_resistance_in_iraq",
            "pro_iran_faction",
            "unknown_gunmen",
        ),
        3,
    ),
    "tribal_gunmen": 4,
    "protesters": 6,
    **dict.fromkeys(("us_forces", "coalition", "turkish_forces", "irgc", "israel"), 8),
}
"""ACLED interaction codes: 1 state forces, 2 rebels, 3 political militia, 4 identity militia,
5 rioters, 6 protesters, 7 civilians, 8 external forces."""

TARGETS: dict[str, str] = {
    "convoy": "convoy",
    "base": "base",
    "embassy": "embassy",
    "airport": "airport",
    "oil_facility": "oil facility",
    "power_line": "power line",
    "checkpoint": "checkpoint",
    "patrol": "patrol",
    "market": "market",
    "pilgrims": "pilgrims",
    "mosque": "mosque",
    "civilians": "civilians",
    "official": "official",
    "journalist": "journalist",
    "activist": "activist",
    "soldiers": "soldiers",
    "police": "police",
    "hashd": "Popular Mobilization Forces",
    "peshmerga": "Peshmerga",
    "us_forces": "US forces",
    "coalition": "coalition",
    "isis": "Islamic State",
    "pkk": "PKK",
    "homes": "houses",
    "restaurant": "restaurant",
    "school": "school",
    "bank": "bank",
    "port": "port",
    "gas_field": "gas field",
    "party_office": "party office",
}

WEAPONS: dict[str, str] = {
    "rocket": "rocket",
    "missile": "missile",
    "drone": "drone",
    "mortar": "mortar",
    "artillery": "artillery",
    "ied": "explosive device",
    "car_bomb": "car bomb",
    "suicide_vest": "suicide bomb",
    "small_arms": "gunfire",
    "grenade": "grenade",
    "air_strike": "air strike",
    "mine": "mine",
    "knife": "knife",
}

GOVERNORATES: tuple[str, ...] = (
    "Al Anbar",
    "Babil",
    "Baghdad",
    "Basra",
    "Dhi Qar",
    "Al-Qadisiyyah",
    "Diyala",
    "Duhok",
    "Erbil",
    "Halabja",
    "Karbala",
    "Kirkuk",
    "Maysan",
    "Al Muthanna",
    "Najaf",
    "Nineveh",
    "Salah al-Din",
    "Sulaymaniyah",
    "Wasit",
)
"""Iraq's nineteen, spelled as the labels spell them."""
