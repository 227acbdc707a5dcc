"""The one English sentence that an event is told with."""

from __future__ import annotations

from datetime import date

import pytest

from worker.domain.model import Event
from worker.domain.understanding.gist import gist
from worker.domain.vocabulary import PARENT


def told(kind: str, **fields: object) -> str:
    return gist(Event(sub_event_type=kind, event_type=PARENT[kind], **fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "fields", "sentence"),
    [
        (
            "Shelling/artillery/missile attack",
            {"weapons": ("missile",), "targets": ("airport",), "place": "Baghdad International Airport",
             "governorate": "Baghdad", "date": date(2020, 8, 18), "killed": 0, "wounded": 0},
            "Missile hits Baghdad International Airport, 18 Aug 2020; nobody hurt; no claim",
        ),
        (
            "Armed clash",
            {"targets": ("checkpoint", "soldiers"), "place": "Maidan", "governorate": "Diyala", "killed": 3,
             "actors": ("isis",), "claimed_by": ("isis",)},
            "Clash at checkpoint in Maidan, Diyala; 3 killed; claimed by Islamic State",
        ),
        (
            "Armed clash",
            {"targets": ("soldiers",), "place": "Hawija", "governorate": "Kirkuk"},
            "Clash with soldiers in Hawija, Kirkuk",
        ),
        ("Arrests", {"targets": ("homes",), "place": "Basra"}, "Arrests at houses in Basra"),
        ("Abduction/forced disappearance", {"targets": ("journalist",)}, "Abduction of journalist"),
        (
            "Attack",
            {"targets": ("convoy",), "suspected": ("isis",), "actors": ("isis",), "denied": True},
            "Armed attack on convoy; blamed on Islamic State, denied",
        ),
        (
            "Shelling/artillery/missile attack",
            {"count": 14, "targets": ("base",)},
            "14 attacks on base; no claim",
        ),
        (
            "Disrupted weapons use",
            {"foiled": True, "weapons": ("drone",), "place": "Erbil", "governorate": "Erbil"},
            "Drone attack foiled in Erbil",
        ),
    ],
)  # fmt: skip
def test_an_event_is_told_in_one_sentence(kind: str, fields: dict[str, object], sentence: str) -> None:
    assert told(kind, **fields) == sentence
