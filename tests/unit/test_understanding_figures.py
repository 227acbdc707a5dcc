"""Numbers of a sentence, and which of them are its dead and wounded; on the shipped lexicon."""

from __future__ import annotations

import pytest

from worker.domain.understanding.analyser import Analyser
from worker.domain.understanding.counting.numbers import numbers_in
from worker.domain.understanding.counting.tolls import tolls_in
from worker.domain.understanding.words.matcher import read


def tolls(analyser: Analyser, text: str, language: str = "en") -> dict[str, int]:
    tongue = analyser.lexicon.tongues[language]
    reading = read(text, tongue)
    return {t.kind: t.value for t in tolls_in(reading, tongue, 0, [])}


@pytest.mark.parametrize(
    ("language", "text", "killed", "wounded"),
    [
        ("en", "A bomb killed 3 people and wounded 12", 3, 12),
        ("en", "At least twenty-three people were killed and dozens wounded", 23, 12),
        ("en", "Two soldiers and a policeman were killed", 3, None),
        ("en", "12 people, including three children, were killed", 12, None),
        ("en", "killing between 10 and 12 pilgrims", 10, None),
        ("en", "The attack caused no casualties", 0, 0),
        ("en", "Nobody was hurt", None, 0),
        ("en", "five dead, 16 injured", 5, 16),
        ("en", "killed a commander of the Popular Mobilization Forces and his bodyguard", 2, None),
        ("en", "killing a man and his wife", 2, None),
        ("en", "wounding a 15-year-old girl and two shepherds", None, 3),
        ("en", "30 inmates and six policemen were killed", 36, None),
        ("en", "Four of one family, a father and three children, were killed", 4, None),
        ("en", "Three attackers, including a bomber, and one guard were killed", 4, None),
        ("en", "Between 20 and 25 fighters were killed", 20, None),
        ("en", "killing two people and wounding another 17", 2, 17),
        ("en", "Two suicide bombers killed at least nine pilgrims", 9, None),
        ("en", "killed a colonel, the officer's wife and two daughters", 4, None),
        ("fr", "Une femme et ses deux filles ont été tuées", 3, None),
        ("en", "Abu Karim, who led a cell of the group in Hawija, was killed", 1, None),
        ("de", "Zweihundertdrei Menschen starben, hundertvier wurden verletzt", 203, 104),
        ("fr", "faisant trois morts et plusieurs blessés, a déclaré lundi un commandant", 3, None),
        ("es", "mataron a veintiuna personas, siete de ellas mujeres", 21, None),
        ("tr", "9 ve 14 yaşlarındaki iki kardeş öldü", 2, None),
        ("fr", "Une attaque de la milice fait des morts", None, None),
        ("de", "Eine vierköpfige Familie ist in Tal Afar getötet worden", 4, None),
        ("es", "Entre 10 y 15 soldados murieron", 10, None),
        ("es", "su hermano de 9 resultó herido", None, 1),
        ("tr", "ölenlerin sayısının 9 değil 7 olduğu açıklandı", 7, None),
        ("ar", "قتلت امرأة وطفلاها", 3, None),
        ("en", "One of three brothers died and two were wounded", 1, 2),
        ("tr", "Üç kardeşten biri öldü", 1, None),
        ("en", "None of the four men died", 0, None),
        ("fr", "Aucun des hommes à bord n'est mort", 0, None),
        ("fa", "این حادثه نه کشته‌ای داشت و نه زخمی", 0, 0),
        ("en", "The attacker and four policemen died", 5, None),
        ("de", "Der Attentäter und vier Polizisten starben", 5, None),
        ("en", "The attacker killed four policemen", 4, None),
        ("de", "Ein Angreifer tötete am Sonntag in Hawidscha zwölf Menschen", 12, None),
        ("en", "The driver and his assistant were injured", None, 2),
        ("en", "The death toll rose from four to six", 6, None),
        ("en", "It went off in a crowded market, killing and wounding several people", None, None),
        ("ar", "قتل شرطي وأربعة مدنيين", 5, None),
        ("ar", "قتل شرطي واحد", 1, None),
        ("ar", "ولم تسجل إصابات", None, 0),
        ("ar", "مقتل صحفيتين وإصابة راعي أغنام", 2, 1),
        ("ar", "استشهد أبو تقوى وسائقه بضربة جوية", 2, None),
        ("ar", "قتل العقيد أحمد جاسم وثلاثة من حمايته", 4, None),
        ("ar", "قتل جندي في اشتباك مع مسلحين اثنين", 1, None),
        ("fa", "سرهنگ احمد جاسم و سه نفر از محافظانش کشته شدند", 4, None),
        ("fa", "یک مقام محلی و راننده وی کشته شدند", 2, None),
        ("ckb", "قایمقامی خانەقین لەگەڵ پاسەوانەکەی کوژرا", 2, None),
        ("ar", "مقتل قيادي في الفصيل ومرافقه وإصابة آخرين", 2, None),
        ("ar", "اغتيال الصحفي والمحامي كريم حسن", 1, None),
        ("fa", "بین ۱۰ تا ۱۵ سرباز کشته شدند", 10, None),
        ("en", "Several American service members were wounded", None, None),
        ("en", "Two dozen pilgrims were wounded", None, 24),
        ("es", "dos docenas de muertos", 24, None),
        ("en", "One farmer, aged 19, was killed and three wounded", 1, 3),
        ("en", "Karim Jabbar, 52, and his wife were shot dead", 2, None),
        ("en", "Karim Jabbar was killed along with his driver", 2, None),
        ("en", "Gunmen killed Karim Jabbar and two of his guards", 3, None),
        ("fr", "Le préfet a été assassiné avec deux de ses gardes", 3, None),
        ("de", "Vier Soldaten sind getötet und fünf weitere schwer verletzt worden", 4, 5),
        ("en", "Police arrested four men, two people were killed", 2, None),
        ("tr", "Bir polisle bir köylü öldü", 2, None),
        ("tr", "3'ü polis 40'ı aşkın kişi yaralandı", None, 40),
        ("ar", "قتل ضابط في الشرطة، القيادي في الحزب، وسائقه", 2, None),
        ("fa", "به گفته منابع پزشکی یک سرباز کشته شد", 1, None),
        ("es", "Murió camino del hospital", 1, None),
        ("en", "Bomb kills police chief in Mosul", 1, None),
        ("en", "Clashes kill 22 Iraqis, US soldier", 23, None),
        ("en", "gunmen killed a policeman, his father, his wife and three children", 6, None),
        ("en", "left 34 people dead, including one soldier, and 193 people injured", 34, 193),
        ("en", "killing seven marines and wounding several others, an official said", 7, None),
        ("en", "leaving three of them dead", 3, None),
        ("en", "Three soldiers were among seven people killed", 7, None),
        ("en", "Militants threatened to kill a journalist", None, None),
        ("en", "The bomb claimed the lives of at least eleven recruits", 11, None),
        ("fr", "faisant trois morts et quatorze blessés", 3, 14),
        ("fr", "Cinq civils ont péri lorsqu'un obus est tombé", 5, None),
        ("fr", "vingt et un morts", 21, None),
        ("fr", "36 morts, dont huit femmes et sept enfants, et une soixantaine de blessés", 36, 60),
        ("fr", "L'expert a succombé à ses blessures", 1, None),
        ("de", "Ein Anführer der Gruppe kam ums Leben", 1, None),
        ("de", "Anwalt in Basra auf offener Straße erschossen", 1, None),
        ("de", "Die Zahl der Todesopfer der Explosion in Bakuba stieg von vier auf sechs", 6, None),
        ("fr", "Le bilan de l'explosion est passé de quatre à six morts", 6, None),
        ("es", "El balance del atentado sube de cuatro a seis muertos", 6, None),
        ("tr", "Saldırıda ölenlerin sayısı 4'ten 6'ya yükseldi", 6, None),
        ("es", "Un ataque acabó con la vida de dos agricultores y dejó cuatro heridos", 2, 4),
        ("de", "zwei Soldaten wurden verletzt", None, 2),
        ("fr", "Une quarantaine de personnes ont été tuées", 40, None),
        ("ar", "مقتل جنديين وإصابة أربعة", 2, 4),
        ("ar", "افتتاح ردهة في مستشفى الشهيد غازي الحريري تضم 20 سريرا", None, None),
        ("ar", "داعش يعدم 19 امرأة في الموصل", 19, None),
        ("ckb", "سی کەس لە کەلار بریندار بوون", None, 30),
        ("ckb", "سێ کەس لە کەلار بریندار بوون", None, 3),
        ("ckb", "١١ کەس کوژران و ١٤ی دیکە بریندار بوون", 11, 14),
        ("ckb", "شوانێک گیانی لەدەستدا", 1, None),
        ("ar", "استشهد ١٦ شخصا وأصيب ٢٥ آخرون", 16, 25),
        ("fa", "یازده کشته و ۲۸ زخمی برجای گذاشت", 11, 28),
        ("tr", "2 asker öldü, 4 asker yaralandı", 2, 4),
        ("de", "Zwei Soldaten wurden getötet und vier verletzt", 2, 4),
        ("es", "mató a dos soldados e hirió a cuatro", 2, 4),
        ("ckb", "سێ کەس کوژران و پێنج کەس بریندار بوون", 3, 5),
    ],
)
def test_tolls_are_read_as_reporters_put_them(analyser, language, text, killed, wounded):
    found = tolls(analyser, text, language)
    assert (found.get("killed"), found.get("wounded")) == (killed, wounded)


def test_figures_that_count_no_people_are_no_tolls(analyser):
    assert tolls(analyser, "Killed 30 km from the city") == {}


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "1,500 men and twenty-one others", [1500, 21]),
        ("fr", "quatre-vingt-dix-sept hommes", [97]),
        ("ar", "ثلاثة وعشرين", [23]),
        ("de", "zweiundzwanzig Menschen", [22]),
        ("tr", "yirmi üç kişi", [23]),
        ("es", "treinta y cinco personas", [35]),
    ],
)
def test_number_words_add_up(analyser, language, text, values):
    tongue = analyser.lexicon.tongues[language]
    reading = read(text, tongue)
    found = [n.value for n in numbers_in(reading, tongue, 0, len(reading.starts)) if not n.article]
    assert found == values


@pytest.mark.parametrize("form", ["شد", "شدند", "شده است", "شده‌اند", "گردید", "گردیدند"])
def test_persian_passives_are_read_in_every_form(analyser, form):
    assert tolls(analyser, f"سه نفر در بغداد مجروح {form}", "fa") == {"wounded": 3}


def test_part_of_a_toll_does_not_become_the_toll(analyser):
    assert tolls(analyser, "Kerkük'te saldırı: 2'si çocuk 10 ölü", "tr") == {"killed": 10}


def test_the_toll_of_a_long_sentence_stands_behind_its_verb(analyser):
    text = "The death toll from two truck bombings at a market in Khan Bani Saad rose to 115 on Saturday"
    assert tolls(analyser, text) == {"killed": 115}


def test_members_of_one_family_are_counted_once(analyser: Analyser) -> None:
    assert tolls(analyser, "cinq membres d'une même famille tués", "fr") == {"killed": 5}


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "The imam Ali Hassan al-Jaf was shot dead by two men on a motorcycle", {"killed": 1}),
        ("fr", "Un juge a été abattu de plusieurs balles par deux hommes à moto", {"killed": 1}),
        ("de", "Ein Richter wurde von zwei Männern erschossen", {"killed": 1}),
        ("es", "Tres pastores fueron asesinados por cuatro encapuchados", {"killed": 3}),
    ],
)
def test_those_who_killed_are_not_counted_among_the_dead(analyser, language, text, found):
    assert tolls(analyser, text, language) == found


def test_an_age_between_commas_counts_nobody(analyser):
    text = "Activist Hayder Jassim, 34, was shot dead and two others were wounded in Basra"
    assert tolls(analyser, text) == {"killed": 1, "wounded": 2}


def test_both_says_again_whom_a_figure_counted(analyser):
    assert tolls(analyser, "Two men, both teachers, were shot dead in Mosul") == {"killed": 2}
    assert tolls(analyser, "Deux frères, tous deux policiers, ont été abattus à Mossoul", "fr") == {
        "killed": 2
    }


def test_a_verb_in_brackets_finds_its_figure_however_much_stands_between(analyser):
    text = (
        "Mindestens zehn Polizisten sind in der Nacht bei einem Angriff der Terrormiliz Islamischer Staat "
        "auf einen Kontrollpunkt südlich der Stadt Kirkuk getötet worden"
    )
    assert tolls(analyser, text, "de") == {"killed": 10}


def test_those_who_die_with_a_bomber_are_no_company_of_others(analyser):
    text = (
        "Zwei Attentäter haben sich in Hilla inmitten der Pilger in die Luft gesprengt "
        "und 93 Menschen mit in den Tod gerissen"
    )
    assert tolls(analyser, text, "de") == {"killed": 93}


@pytest.mark.parametrize(
    ("language", "text", "killed"),
    [
        ("fr", "Le maire a été assassiné avec trois de ses gardes à Mossoul", 4),
        ("fr", "Un avocat a été abattu à Amara avec un confrère", 2),
        ("es", "El juez fue asesinado junto con tres de sus escoltas en Taji", 4),
        ("en", "A cleric and his 12-year-old son were shot dead in their car", 2),
        ("en", "A judge who sentenced three men was shot dead", 1),
    ],
)
def test_whoever_fell_beside_somebody_is_added_and_nobody_else(analyser, language, text, killed):
    assert tolls(analyser, text, language)["killed"] == killed


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Kerkük'te bombanın patlaması sonucu biri subay 5 peşmerge hayatını kaybetti", 5),
        ("Kerkük'te bombanın patlaması sonucu 4'ü polis 12 kişi hayatını kaybetti", 12),
        ("Bağdat'ta saldırıda bir parti liderinin de aralarında olduğu 11 kişi can verdi", 11),
    ],
)
def test_a_part_that_stands_before_the_whole_is_not_the_toll(analyser, text, killed):
    assert tolls(analyser, text, "tr") == {"killed": killed}


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Two sisters, twelve and seven, were killed by a mine near Basra", {"killed": 2}),
        ("en", "Three cousins, 9, 12 and 15, were hurt by a shell in Sinjar", {"wounded": 3}),
        ("fr", "Deux frères, onze et quatorze, ont été tués par une mine à Bassora", {"killed": 2}),
        ("en", "Two soldiers, three policemen and a boy were killed in Mosul", {"killed": 6}),
    ],
)
def test_as_many_ages_as_people_between_commas_count_nobody(analyser, language, text, found):
    assert tolls(analyser, text, language) == found


def test_a_partys_long_name_and_what_commas_set_apart_keep_no_figure_from_its_verb(analyser):
    text = "Two members of the Sinjar Resistance Units (YBS), close to the PKK, were killed on Tuesday."
    assert tolls(analyser, text) == {"killed": 2}


def test_the_number_of_a_brigade_counts_nobody(analyser):
    text = "Once combatientes de la 22.ª brigada de la Multitud Popular, entre ellos un comandante, murieron el martes."
    assert 22 not in tolls(analyser, text, "es").values()
