"""The families that ACLED's types of events fall into where rules treat them alike."""

from __future__ import annotations

from worker.domain.understanding.sentence.frame import AIR, ATTACK, BOMB, CLASH, SHELLING

LOOTING = "Looting/property destruction"
ABDUCTION = "Abduction/forced disappearance"
BLASTS = frozenset({BOMB, "Suicide bomb", SHELLING, AIR, "Grenade", "Chemical weapon"})
"""Blasts, and blows from afar."""
FIGHTS = frozenset({ATTACK, CLASH})
VIOLENT = BLASTS | FIGHTS
GROUND = frozenset({"Government regains territory", "Non-state actor overtakes territory"})
ASSAULTS = FIGHTS | {"Non-state actor overtakes territory"}
"""Fights, and those that took a town."""
MARCHES = frozenset({"Peaceful protest", "Protest with intervention", "Violent demonstration"})
PROTESTS = MARCHES | {"Excessive force against protesters"}
RIOTS = frozenset({"Protest with intervention", "Violent demonstration", "Mob violence", LOOTING})
"""What a crowd does, or suffers, beyond marching."""
TRANSFER = "Non-violent transfer of territory"
MOVES = frozenset(
    {
        "Agreement",
        "Change to group/activity",
        "Headquarters or base established",
        TRANSFER,
    }
)
"""What parties under arms do without violence: nobody is hit, and who is named does it."""
