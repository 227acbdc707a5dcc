"""Whom a toll counts: several without a number, beasts, fathers of four, the wounded who died, attackers; on the shipped lexicon."""

from __future__ import annotations

import pytest

from tests.support.reports import events_of
from worker.domain.understanding.analyser import Analyser


def toll(analyser: Analyser, language: str, text: str) -> tuple[int | None, int | None]:
    event = events_of(analyser, language, text)[0]
    return event.killed, event.wounded


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Blast in Tikrit\nA bomb killed several soldiers near Tikrit on Monday."),
        ("de", "Anschlag in Tikrit\nBei einem Bombenanschlag in Tikrit sind am Montag mehrere Menschen getötet worden."),
        ("fa", "انفجار در تکریت\nروز دوشنبه در انفجار بمب در تکریت چند سرباز کشته شدند."),
        ("ar", "انفجار في تكريت\nقتل عدد من الجنود بانفجار عبوة ناسفة في تكريت يوم الاثنين."),
        ("en", "Raid near Balad\nIslamic State gunmen killed a family in its house near Balad on Monday."),
    ],
)  # fmt: skip
def test_an_unknown_number_is_none(analyser: Analyser, language: str, text: str) -> None:
    assert toll(analyser, language, text)[0] is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Shelling near Khanaqin\nMortar fire near Khanaqin on Monday killed a shepherd and wounded his son; 30 sheep died."),
        ("es", "Ataque en Basora\nEl activista Ali Hasan, padre de cuatro hijos, fue asesinado a tiros el lunes en Basora. Un amigo resultó herido."),
        ("fr", "Attaque à Bassora\nUn avocat, père de trois enfants, a été tué par balles lundi à Bassora. Son chauffeur a été blessé."),
    ],
)  # fmt: skip
def test_beasts_and_children_by_the_way_are_no_dead(analyser: Analyser, language: str, text: str) -> None:
    assert toll(analyser, language, text) == (1, 1)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Blast in Tuz\nThree of the five wounded in Monday's car bombing in Tuz Khurmatu have died.", (3, 2)),
        ("es", "Tuz Jurmatu\nTres de los cinco heridos en el atentado con bomba del lunes en Tuz Jurmatu murieron en el hospital.", (3, 2)),
        ("en", "Blast in Tuz\nA car bomb wounded five people in Tuz Khurmatu on Monday. Two of them died in hospital.", (2, 3)),
        ("tr", "Tuzhurmatu'da patlama\nTuzhurmatu'da pazartesi günü bomba patladı. Patlamada yaralanan beş işçiden üçü hastanede hayatını kaybetti.", (3, 2)),
    ],
)  # fmt: skip
def test_who_died_of_wounds_is_wounded_no_more(
    analyser: Analyser, language: str, text: str, expected: tuple[int, int]
) -> None:
    assert toll(analyser, language, text) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "هجوم قرب الحويجة\nأسفر هجوم لداعش على نقطة للشرطة قرب الحويجة يوم الاثنين عن استشهاد ثلاثة من الشرطة، فيما قتل اثنان من المهاجمين."),
        ("tr", "Havice'de saldırı\nHavice'de pazartesi günü DEAŞ saldırısında üç polis şehit düştü. Çatışmada saldırganlardan ikisi de öldürüldü."),
        ("es", "Ataque del EI cerca de Hawiya: mueren tres policías\nTres policías perdieron la vida el lunes en un ataque del Estado Islámico cerca de Hawiya. En el combate murieron también dos atacantes."),
    ],
)  # fmt: skip
def test_the_dead_of_both_sides_are_added(analyser: Analyser, language: str, text: str) -> None:
    assert toll(analyser, language, text)[0] == 5


@pytest.mark.parametrize(
    ("language", "text", "killed"),
    [
        ("en", "Bomb in Tikrit\nA bomb at a house in Tikrit on Monday killed an officer, his wife and their six-year-old daughter.", 3),
        ("en", "Shelling in Fallujah\nMortar fire in Fallujah on Monday hit an ambulance, killing the driver and a nurse.", 2),
        ("de", "Bombe in Bagdad\nEine Bombe hat am Montag in Bagdad vier Studentinnen und den Fahrer getötet.", 5),
        ("es", "Dron en Qaladiza\nUn dron turco mató el lunes cerca de Qaladiza a un miembro del Partido de los Trabajadores de Kurdistán (PKK) y dos escoltas.", 3),
        ("en", "Blasts in Baghdad\nAt least 21 people, most of them pilgrims, were killed in three bombings in Baghdad on Monday.", 21),
    ],
)  # fmt: skip
def test_a_row_of_victims_is_added_up(analyser: Analyser, language: str, text: str, killed: int) -> None:
    assert toll(analyser, language, text)[0] == killed


def test_a_brawl_that_clans_fought_out_with_arms_has_its_dead(analyser: Analyser) -> None:
    text = (
        "Basra'da iki aşiret çatıştı\nBasra'nın Kurna ilçesinde iki aşiretin silahlı mensupları cumartesi günü çatıştı."
        " Otomatik silahların kullanıldığı kavgada 2 kişi öldü, 5 kişi yaralandı."
    )
    assert toll(analyser, "tr", text) == (2, 5)
