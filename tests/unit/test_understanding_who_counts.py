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


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Tirs d'artillerie sur Sidakan\nL'artillerie iranienne a pilonné lundi les alpages de Sidakan. Des dizaines de moutons ont été tués et un berger a été blessé.", (None, 1)),
        ("es", "Ataque cerca de Ramadi\nMiembros del Estado Islámico mataron el lunes a un pastor al oeste de Ramadi y mataron a 14 de sus animales.", (1, None)),
        ("en", "Shelling near Sidakan\nIranian artillery shelled pastures near Sidakan on Monday, killing two shepherds and forty sheep.", (2, None)),
    ],
)  # fmt: skip
def test_sheep_take_the_verb_and_leave_the_toll(
    analyser: Analyser, language: str, text: str, expected: tuple[int | None, int | None]
) -> None:
    assert toll(analyser, language, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Gefecht in den Hamrin-Bergen\nDie Armee hat am Montag in den Hamrin-Bergen 17 Extremisten getötet, vier von ihnen Ausländer.", (17, None)),
        ("tr", "Suveyre'de saldırı\nPazartesi günü Suveyre'de patlayan bombada dördü polis yedi kişi öldü, yolcularla birlikte on sekiz kişi yaralandı.", (7, 18)),
        ("fr", "Attentat à Baqouba\nSeize personnes ont été tuées lundi par une bombe à Baqouba, selon un médecin, qui corrige un premier décompte de neuf morts.", (16, None)),
        ("de", "Anschlag in Tikrit\nBei einem Bombenanschlag auf ein Revier in Tikrit sind am Montag mehrere Menschen getötet und verletzt worden.", (None, None)),
    ],
)  # fmt: skip
def test_parts_halls_and_first_counts_are_no_toll(
    analyser: Analyser, language: str, text: str, expected: tuple[int | None, int | None]
) -> None:
    assert toll(analyser, language, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Knife attack in Samarra\nA man with a knife attacked two policemen in Samarra on Monday, wounding them, before being shot dead.", (1, 2)),
        ("ckb", "هێرش لە تکریت\nڕۆژی دووشەممە چەکداران لە تکریت هێرشیان کرد، دوو پۆلیس کوژران و سێیەمیان بریندار بوو.", (2, 1)),
        ("fa", "حمله پهپادی در سنجار\nیک پهپاد روز دوشنبه خودرویی را در سنجار هدف قرار داد. دو نفر کشته شدند و نفر سوم زخمی شده است.", (2, 1)),
        ("de", "Beschuss bei Sindschar\nDer IS hat am Montag bei Sindschar eine Stellung beschossen. Drei Kämpfer kamen ums Leben, elf trugen Verwundungen davon.", (3, 11)),
        ("ar", "هجوم في تكريت\nهاجم رجل بسكين شرطيين في تكريت يوم الاثنين وأصابهما بجروح.", (None, 2)),
    ],
)  # fmt: skip
def test_attackers_and_the_third_of_those_hit_are_counted(
    analyser: Analyser, language: str, text: str, expected: tuple[int | None, int | None]
) -> None:
    assert toll(analyser, language, text) == expected


def test_a_headline_counts_what_the_text_does_not(analyser: Analyser) -> None:
    text = (
        "Two brothers wounded by mine while gathering firewood near Tawela\n"
        "A landmine exploded under two brothers on a slope above Tawela on Monday. "
        "One had his foot amputated in Sulaymaniyah."
    )
    assert toll(analyser, "en", text)[1] == 2
