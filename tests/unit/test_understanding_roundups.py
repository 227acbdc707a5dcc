"""Round-ups: counts place by place, opening totals, second stories, doers and targets by type; on the shipped lexicon."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.support.reports import analysis_of, events_of, only_event


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "ar",
            "التحالف ينفذ 10 غارات في العراق\nنفذ طيران التحالف الثلاثاء ست غارات قرب الموصل على داعش وأربع قرب بيجي.",
        ),
        (
            "en",
            "Coalition bombs ISIS\nThe US-led coalition made six airstrikes near Mosul on Tuesday and four near Baiji.",
        ),
    ],
)
def test_strikes_counted_place_by_place_are_one_event_a_place(analyser, language, text):
    found = events_of(analyser, language, text)
    assert [(e.place, e.count) for e in found] == [("Mosul", 6), ("Baiji", 4)]
    assert {e.date for e in found} == {date(2026, 3, 10)}
    assert all("coalition" in e.actors and set(e.targets) == {"isis"} for e in found)


def test_as_many_again_repeats_the_figure_before(analyser):
    text = "غارات للتحالف في العراق\nنفذ التحالف الدولي أمس 12 غارة في العراق بينها خمس غارات قرب الموصل ومثلها قرب الرمادي."
    found = events_of(analyser, "ar", text)
    assert [(e.place, e.count) for e in found] == [("Mosul", 5), ("Ramadi", 5)]


def test_the_share_of_iraq_goes_before_a_figure_for_two_countries(analyser):
    text = (
        "التحالف يشن 30 غارة على داعش في سوريا والعراق\nقال بيان للتحالف الدولي إن 19 غارة نفذت الثلاثاء قرب الرقة في"
        " سوريا.\nوفي العراق نفذت 11 غارة جوية قرب ست مدن واستهدفت مواقع للتنظيم."
    )
    event = only_event(analyser, "ar", text)
    assert (event.count, event.place) == (11, None)


def test_an_opening_that_sums_up_is_no_event_and_its_day_holds_for_all(analyser):
    text = (
        "حوادث متفرقة في العراق\nقتل ستة أشخاص وأصيب تسعة آخرون بحوادث أمنية متفرقة في بغداد الثلاثاء.\n"
        "وقال مصدر أمني إن عبوة ناسفة انفجرت في منطقة الزعفرانية أدت إلى مقتل شخصين وإصابة أربعة.\n"
        "وأضاف أن سيارة مفخخة انفجرت في مدينة الصدر أسفرت عن مقتل أربعة وإصابة خمسة."
    )
    found = events_of(analyser, "ar", text)
    assert [(e.killed, e.wounded) for e in found] == [(2, 4), (4, 5)]
    assert {e.date for e in found} == {date(2026, 3, 10)}


def test_figures_that_add_up_show_an_opening_to_be_a_total(analyser):
    text = (
        "Blasts hit Diyala\nAttacks killed nine people in Diyala on Tuesday, officials said.\n"
        "A roadside bomb in Muqdadiyah killed four civilians.\nMortar shells on Khalis killed five people."
    )
    found = events_of(analyser, "en", text)
    assert [(e.place, e.killed) for e in found] == [("Muqdadiyah", 4), ("Khalis", 5)]


def test_a_headline_for_all_leaves_the_first_event_its_own_toll(analyser):
    text = (
        "مقتل 20 في هجمات بالعراق\nانفجرت سيارة مفخخة في بعقوبة الثلاثاء ما أدى إلى مقتل 11 شخصا.\n"
        "من جهة أخرى قتل ستة جنود في هجوم انتحاري استهدف نقطة تفتيش في الطارمية."
    )
    found = events_of(analyser, "ar", text)
    assert [e.killed for e in found] == [11, 6]


def test_headline_and_first_sentence_with_one_toll_are_one_event_at_the_nearer_place(analyser):
    text = "انتحاري يقتل 26 داعشيا في الموصل\nأفاد شهود الثلاثاء بمقتل 26 مسلحا من داعش بانفجار سيارة مفخخة يقودها انتحاري في قضاء البعاج."
    event = only_event(analyser, "ar", text)
    assert (event.place, event.killed, event.actors) == ("Al-Baaj", 26, ())
    assert "isis" in event.targets


def test_a_deed_told_before_does_not_draw_the_next_to_its_place(analyser):
    text = (
        "تفجيرات في بغداد\nانفجرت سيارة مفخخة في الكرادة الثلاثاء ما أسفر عن مقتل تسعة أشخاص.\n"
        "وإلى جانب التفجير الذي وقع في الكرادة، قتل شخصان في انفجار عبوة ناسفة في الدورة."
    )
    found = events_of(analyser, "ar", text)
    assert [(e.place, e.killed) for e in found] == [("Karrada", 9), ("Dora", 2)]


def test_a_day_of_the_announcement_gives_way_to_the_day_of_the_event(analyser):
    text = (
        "تفجير في سوق ببعقوبة\nأعلنت الشرطة اليوم الأربعاء انفجار سيارة مفخخة في بعقوبة.\n"
        "ووقع الانفجار الذي أسفر عن مقتل ثلاثة في بعقوبة الاثنين."
    )
    event = only_event(analyser, "ar", text)
    assert event.date == date(2026, 3, 9)


def test_a_day_that_stands_only_with_the_announcement_is_kept(analyser):
    text = "تفجير في بعقوبة\nأعلنت الشرطة أمس مقتل ثلاثة مدنيين بانفجار عبوة ناسفة في بعقوبة."
    event = only_event(analyser, "ar", text)
    assert event.date == date(2026, 3, 10)


def test_who_announced_it_was_not_hit(analyser):
    text = "قصف على قرية قرب العمادية\nوقال عضو مجلس محافظة دهوك محمد طاهر إن الطيران التركي قصف أمس قرية قرب العمادية."
    event = only_event(analyser, "ar", text)
    assert "official" not in event.targets


@pytest.mark.parametrize(
    ("language", "text", "actors", "targets"),
    [
        ("ar", "القوات العراقية تحرر جامعة الأنبار من داعش أمس", {"iraqi_forces"}, {"isis"}),
        ("ar", "مظاهرات في البصرة أمس تطالب بإقالة المحافظ", {"protesters"}, set()),
        ("ar", "طيران التحالف يقصف أمس مقرا لداعش قرب نقطة تفتيش في بيجي", {"coalition"}, {"isis"}),
        ("ar", "قوات البيشمركة تعثر على جثث خمسة مدنيين في سنجار", set(), {"civilians"}),
    ],
)
def test_a_type_has_only_the_doers_and_targets_that_it_can_have(analyser, language, text, actors, targets):
    event = only_event(analyser, language, f"{text}\n")
    assert set(event.targets) == targets
    if actors:
        assert set(event.actors) == actors


def test_a_number_of_people_that_looks_like_a_year_is_a_toll(analyser):
    text = "داعش يعدم 2000 شخص في الموصل\nأعدم تنظيم داعش 2000 شخص من سكان مدينة الموصل أمس."
    event = only_event(analyser, "ar", text)
    assert event.killed == 2000


def test_bodies_that_the_police_found_are_an_attack_on_civilians(analyser):
    text = (
        "جثة في بغداد\nعثرت الشرطة أمس على جثة رجل مجهول الهوية قضى رميا بالرصاص في منطقة العبيدي شرقي بغداد."
    )
    event = only_event(analyser, "ar", text)
    assert (event.sub_event_type, event.killed) == ("Attack", 1)


def test_air_strikes_that_back_a_ground_force_are_no_event_of_their_own(analyser):
    text = (
        "معارك في بيجي\nدخلت قوات الجيش أمس مصفى بيجي مدعومة بغارات مكثفة من التحالف واشتبكت مع عناصر داعش."
    )
    event = only_event(analyser, "ar", text)
    assert event.sub_event_type == "Armed clash"


def test_arms_that_were_destroyed_are_not_what_was_used(analyser):
    text = (
        "Raid in Anbar\nA raid by the army on ISIS near Rutba on Tuesday destroyed two vehicles and a mortar."
    )
    event = only_event(analyser, "en", text)
    assert event.sub_event_type == "Armed clash"


def test_a_sum_in_mid_text_is_no_event_beside_what_it_counts(analyser):
    text = (
        "غارات قرب الموصل\nشن طيران التحالف أمس غارات قرب الموصل على داعش.\nمن جهة أخرى، قتل أربعة عراقيين بحادثين أمنيين"
        " منفصلين في بغداد.\nوقال مصدر إن عبوة ناسفة انفجرت في الدورة أدت إلى مقتل ثلاثة.\n"
        "من جانب آخر قتل مسلحون موظفا في الكرادة ما أدى إلى مقتل شخص واحد."
    )
    found = events_of(analyser, "ar", text)
    assert [(e.place, e.killed) for e in found] == [("Mosul", None), ("Dora", 3), ("Karrada", 1)]


def test_the_dead_told_place_by_place_behind_one_verb_are_one_event_a_place(analyser):
    text = "Bombs in the south\nBombs killed nine people in Hilla and four in Kut on Tuesday, police said."
    found = events_of(analyser, "en", text)
    assert [(e.place, e.killed) for e in found] == [("Hillah", 9), ("Kut", 4)]


def test_the_day_at_the_end_of_a_list_holds_for_all_that_it_lists(analyser):
    text = (
        "Day of bloodshed\nIn Mosul, gunmen killed a judge; in Baquba, a roadside bomb killed two policemen;"
        " and in Basra mortar fire wounded six civilians on Monday."
    )
    found = events_of(analyser, "en", text)
    assert {e.date for e in found} == {date(2026, 3, 9)}
    assert [e.place for e in found] == ["Mosul", "Baqubah", "Basra"]


def test_warplanes_that_only_back_an_assault_make_no_air_strike(analyser):
    text = "Forces fight for town\nUS-led forces backed by warplanes fought insurgents in Samarra on Tuesday, killing 20."
    event = only_event(analyser, "en", text)
    assert (event.sub_event_type, event.weapons) == ("Armed clash", ())


def test_raiders_who_carry_arms_off_have_found_no_cache(analyser):
    text = "Station stormed\nMahdi Army militiamen stormed a police station in Kufa on Tuesday and seized weapons."
    event = only_event(analyser, "en", text)
    assert event.sub_event_type == "Armed clash"


def test_an_earlier_attack_elsewhere_that_a_report_recalls_is_no_further_event(analyser):
    text = (
        "Rockets land in Green Zone\nThree rockets fell within Baghdad's Green Zone on Monday night, police said.\n"
        "Last week a similar attack in Erbil killed a contractor."
    )
    event = only_event(analyser, "en", text)
    assert event.place == "Green Zone"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Six held, arms seized in Kirkuk and Tikrit\nTroops arrested six suspects in Kirkuk. Near Tikrit, police found an arms cache.",
        ),
        (
            "es",
            "Seis detenidos y un arsenal incautado en Kirkuk y Tikrit\nEl Ejército detuvo a seis sospechosos en Kirkuk. Cerca de Tikrit, la policía halló un alijo de armas.",
        ),
    ],
)
def test_a_headline_over_deeds_of_several_kinds_gives_its_kind_to_no_place(analyser, language, text):
    found = [(e.sub_event_type, e.place) for e in events_of(analyser, language, text)]
    assert found == [("Arrests", "Kirkuk"), ("Disrupted weapons use", "Tikrit")]


def test_a_headlines_round_figure_gives_way_to_those_that_the_text_tells(analyser):
    text = "More than 70 killed in Hilla and Baghdad bombings\nA car bomb killed 41 people in Hilla on Tuesday. In Baghdad, a suicide bomber killed 33."
    assert [(e.place, e.killed) for e in events_of(analyser, "en", text)] == [
        ("Hillah", 41),
        ("Baghdad", 33),
    ]


def test_a_blow_at_another_of_the_same_kind_is_an_event_of_its_own(analyser):
    text = "Rockets hit two bases in Iraq\nMilitiamen fired rockets at a base in Taji and another in Balad."
    assert [e.place for e in events_of(analyser, "en", text)] == ["Taji", "Balad"]


def test_where_one_rocket_was_shot_down_the_other_one_makes_the_attack(analyser):
    text = "Dos cohetes contra la Zona Verde de Bagdad\nLa batería de la embajada interceptó uno; el otro cayó de madrugada junto a un puente."
    assert [e.sub_event_type for e in events_of(analyser, "es", text)] == [
        "Shelling/artillery/missile attack"
    ]


def test_arrests_for_an_old_murder_are_arrests_and_nobody_died(analyser):
    text = (
        "Five arrests in Baghdad\nPolice on Tuesday arrested in Baghdad five suspects in the killing of a judge,"
        " who was shot dead in Karbala two years ago."
    )
    event = only_event(analyser, "en", text)
    assert (event.sub_event_type, event.place, event.killed) == ("Arrests", "Baghdad", None)


def test_where_both_sides_of_a_fight_have_their_dead_both_are_its_doers(analyser):
    text = (
        "Seis soldados turcos muertos\nSeis soldados turcos murieron el lunes en combates en Avasin,"
        " según el Estado Mayor, que cifra en 14 los guerrilleros del PKK abatidos."
    )
    event = only_event(analyser, "es", text)
    assert (event.killed, set(event.actors)) == (20, {"turkish_forces", "pkk"})


def test_whose_depot_blew_up_was_hit(analyser):
    text = "Explosión cerca de Bagdad\nUna explosión sacudió un polvorín de la Multitud Popular en Taji y mató a un miliciano."
    event = only_event(analyser, "es", text)
    assert "hashd" in event.targets
    assert not event.actors


def test_another_strike_at_a_place_of_its_own_is_one_like_the_strike_before(analyser):
    text = (
        "Turkish drone kills three in Sinjar\nA Turkish drone hit a car in Sinuni on Tuesday and killed three PKK fighters."
        " Two hours later another strike destroyed a post in Khanasor."
    )
    found = [(e.sub_event_type, e.place) for e in events_of(analyser, "en", text)]
    assert found == [("Air/drone strike", "Sinuni"), ("Air/drone strike", "Khanasor")]


def test_the_dead_of_a_place_that_is_named_again_are_of_that_place_alone(analyser):
    text = "Turkey bombs villages\nTurkish jets bombed villages near Zakho and Amedi on Tuesday, killing two shepherds in Zakho."
    found = [(e.place, e.killed) for e in events_of(analyser, "en", text)]
    assert found == [("Zakho", 2), ("Amedi (Amadiya)", None)]


@pytest.mark.parametrize("nation", ["Turquía", "EE.UU.", "Estados Unidos", "Israel"])
def test_a_nations_name_behind_the_blow_is_whose_it_was_and_not_where(analyser, nation):
    text = f"Ataque en Irak\nUn bombardeo de {nation} mató el lunes a tres personas en Zajo."
    event = only_event(analyser, "es", text)
    assert (event.sub_event_type, event.place, event.killed) == ("Air/drone strike", "Zakho", 3)
    assert len(event.actors) == 1


def test_lines_of_a_factbox_keep_their_own_place_and_day_and_take_the_openings(analyser):
    text = (
        "FACTBOX-Security developments in Iraq\nFollowing are incidents reported on Monday as of 1500 GMT.\n* RAMADI -"
        " Gunmen shot dead a policeman on Sunday.\n* NEAR HAWIJA - A roadside bomb wounded four civilians.\nKIRKUK -"
        " Police arrested 11 suspected insurgents.\nBAGHDAD - There were no attacks, police said."
    )
    found = events_of(analyser, "en", text)
    assert [(e.place, e.date) for e in found] == [
        ("Ramadi", date(2026, 3, 8)),
        ("Hawija", date(2026, 3, 9)),
        ("Kirkuk", date(2026, 3, 9)),
    ]


def test_a_headline_over_a_list_makes_no_event_and_no_day_leaks_from_line_to_line(analyser):
    text = (
        "موجز أمني.. مقتل شرطي في ديالى واعتقال مطلوبين في كركوك\n• ديالى: قُتل شرطي بهجوم مسلح في ناحية العظيم مساء أمس"
        " الثلاثاء.\n• كركوك: اعتقلت قوة من الشرطة ثلاثة مطلوبين في قضاء الحويجة.\n• البصرة: لم تسجل المحافظة أي حادث أمني."
    )
    found = events_of(analyser, "ar", text)
    assert [(e.place, e.date) for e in found] == [
        ("Al-Adhaim (Al-Udhaim, Al-Azim)", date(2026, 3, 10)),
        ("Hawija", None),
    ]


def test_paragraphs_that_name_their_town_first_have_the_day_of_the_opening_that_sums_up(analyser):
    text = (
        "قتلى وجرحى في العراق\nأفادت مصادر أمنية بوقوع عدة حوادث أمنية أمس الثلاثاء.\nففي بغداد، قُتل ثلاثة أشخاص بانفجار"
        " سيارة مفخخة في مدينة الصدر.\nوفي بعقوبة، اغتال مسلحون مجهولون موظفاً حكومياً أمام منزله."
    )
    found = events_of(analyser, "ar", text)
    assert [(e.place, e.date) for e in found] == [
        ("Sadr City", date(2026, 3, 10)),
        ("Baqubah", date(2026, 3, 10)),
    ]


def test_a_capital_in_brackets_behind_a_lines_town_or_valley_only_tells_its_governorate(analyser):
    text = (
        "Irak : le point\nFaits rapportés mardi :\nHAWIJA (Kirkouk) - La police a désamorcé une bombe.\nWADI AL-CHAY"
        " (Kirkouk) - L'armée a mis au jour une cache de 19 obus.\nTARMIYA (Bagdad) - Un engin a explosé ; un soldat a péri."
    )
    found = events_of(analyser, "fr", text)
    assert [e.place for e in found] == ["Hawija", "Wadi al-Shay", "Tarmiyah"]


def test_a_line_that_opens_with_the_governorate_vouches_for_a_doubtful_name_in_it(analyser):
    text = "حصاد أمني\n• بغداد: مقتل امرأة بانفجار عبوة لاصقة في الشعلة.\n• واسط: مقتل شخص بنزاع عشائري في الصويرة."
    found = events_of(analyser, "ar", text)
    assert [e.place for e in found] == ["Shula", "Suwaira"]


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        (
            "fr",
            (
                "Irak : le point ce mardi\nBagdad. Une bombe a tué deux policiers à Dora.\nMossoul. Un juge a été abattu dans le"
                " quartier d'al-Mouthanna.\nArmée américaine. Un soldat a été tué lundi par une bombe à Falloujah."
            ),
            ["Dora", "Muthanna, Mosul", "Fallujah"],
        ),
        (
            "en",
            "Round-up for Tuesday\nBasra\nGunmen shot dead a contractor in Zubair.\nKirkuk\nA bomb wounded two policemen near Daquq.",
            ["Zubayr", "Daquq"],
        ),
        (
            "en",
            "Digest for Tuesday\n• Mosul: a bomb killed two soldiers • Kirkuk: police arrested three suspects",
            ["Mosul", "Kirkuk"],
        ),
        (
            "de",
            "Irak kurz\n+++ Bagdad: Bei einem Anschlag sterben vier Menschen. +++ Kirkuk: Polizei findet ein Waffenlager. +++",
            ["Baghdad", "Kirkuk"],
        ),
        (
            "es",
            "Irak el martes\n08.00 - Mosul: una bomba mata a dos soldados.\n10.30 - Kirkuk: la policía detiene a tres sospechosos.",
            ["Mosul", "Kirkuk"],
        ),
    ],
)
def test_lines_are_known_by_full_stops_headings_and_signs_inside_a_line(analyser, language, text, places):
    assert [e.place for e in events_of(analyser, language, text)] == places


def test_days_that_lines_open_with_keep_them_apart_and_hold_for_the_lines_below(analyser):
    text = (
        "Irak : la semaine\nLundi 9 mars\n- À Mossoul, une bombe a tué deux policiers.\n- À Kirkouk, trois hommes ont été"
        " arrêtés.\nMardi 10 mars\n- À Bassora, un juge a été abattu par des inconnus."
    )
    found = events_of(analyser, "fr", text)
    assert [(e.place, e.date and e.date.day) for e in found] == [("Mosul", 9), ("Kirkuk", 9), ("Basra", 10)]


def test_a_line_of_another_land_leaves_no_event_in_iraq(analyser):
    text = (
        "Iraq and its neighbours on Tuesday\nSyria: A drone killed three fighters near Hasakah. Two others were wounded.\n"
        "Iraq: Gunmen shot dead a judge in Baquba.\nTurkey: Police detained 12 people."
    )
    assert [e.place for e in events_of(analyser, "en", text)] == ["Baqubah"]


def test_a_line_that_says_that_no_date_was_given_has_none(analyser):
    text = (
        "Günlük güvenlik özeti: 10 Mart\nDiyala: Silahlı kişiler bir çiftçiyi kaçırdı.\n"
        "Ninova: Polis Musul'da üç kişiyi yakaladı. Operasyonun tarihi verilmedi."
    )
    found = events_of(analyser, "tr", text)
    assert [(e.sub_event_type, e.date) for e in found] == [
        ("Abduction/forced disappearance", date(2026, 3, 10)),
        ("Arrests", None),
    ]


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        (
            "tr",
            (
                "Güneyde aşiret kavgası, Kerbela'da el bombası\nMeysan'ın Amara ilçesinde iki aşiret arasında çıkan silahlı"
                " çatışmada dün üç kişi öldü.\nKerbela'da ise bu sabah iki kişi bir eve el bombası attı."
            ),
            [("Armed clash", "Amarah"), ("Grenade", "Karbala")],
        ),
        (
            "de",
            (
                "Gefechte im Süden, Handgranate in Kerbela\nIn Amara starben am Dienstag drei Menschen bei Gefechten zweier"
                " Stämme.\nIn Kerbela warfen Unbekannte eine Handgranate auf ein Haus."
            ),
            [("Armed clash", "Amarah"), ("Grenade", "Karbala")],
        ),
    ],
)
def test_a_headline_that_joins_two_deeds_of_the_text_is_none_of_its_own(analyser, language, text, told):
    found = events_of(analyser, language, text)
    assert [(e.sub_event_type, e.place) for e in found] == told


def test_what_is_told_without_a_date_takes_none_from_the_next_deed(analyser):
    text = (
        "Arrests in Hawija\nPolice arrested five suspected Daesh members in Hawija, a spokesman said, without giving a date.\n"
        "In a separate operation on Monday, army units found an arms cache in the Hamrin mountains."
    )
    found = events_of(analyser, "en", text)
    assert {e.sub_event_type: e.date for e in found} == {
        "Arrests": None,
        "Disrupted weapons use": date(2026, 3, 9),
    }


def test_a_subdistrict_and_a_town_joined_by_and_are_two_places(analyser):
    text = "US strikes on Jurf al-Sakhar and Qaim\nAmerican aircraft bombed two militia sites on Tuesday."
    found = events_of(analyser, "en", text)
    assert [e.place for e in found] == ["Jurf al-Sakhar", "Al-Qaim"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fa",
            "رویدادهای امنیتی عراق\nکرکوک | داعش دیشب در داقوق دو پلیس را کشت.\nموصل | انفجار بمب امروز سه سرباز را در تلعفر زخمی کرد.",
        ),
        (
            "en",
            "Security developments in Iraq\nKirkuk | ISIS killed two policemen in Daquq on Tuesday.\nMosul | A bomb wounded three soldiers in Tal Afar today.",
        ),
    ],
)
def test_lines_that_open_with_a_place_and_a_stroke_are_told_apart(analyser, language, text):
    found = events_of(analyser, language, text)
    assert [(e.place, e.killed, e.wounded) for e in found] == [("Daquq", 2, None), ("Tal Afar", None, 3)]


def test_the_first_line_of_such_a_list_needs_no_place_that_is_known(analyser):
    text = "رویدادهای امنیتی عراق\nانبار | حشدالشعبی در رمادی چهل راکت پیدا کرد.\nموصل | انفجار بمب امروز سه سرباز را در تلعفر زخمی کرد.\nکرکوک | داعش دیشب در داقوق دو پلیس را کشت."
    found = events_of(analyser, "fa", text)
    assert [e.place for e in found] == ["Ramadi", "Tal Afar", "Daquq"]


def test_a_truce_with_a_line_of_its_own_stands_beside_the_violence_of_other_lines(analyser):
    text = (
        "Tour of the provinces\nBASRA. Two rival clans signed a ceasefire in Qurna on Tuesday.\n"
        "KIRKUK. A roadside bomb wounded two policemen in Hawija on Tuesday."
    )
    found = events_of(analyser, "en", text)
    assert [(e.sub_event_type, e.place) for e in found] == [
        ("Agreement", "Qurna"),
        ("Remote explosive/landmine/IED", "Hawija"),
    ]


def test_the_number_of_a_brigade_counts_no_attacks(analyser):
    text = "حمله پهپادی به بغداد\nدر حمله پهپادی روز چهارشنبه به مقر تیپ ۱۲ الحشد الشعبی در خیابان فلسطین بغداد شش نفر زخمی شدند."
    found = events_of(analyser, "fa", text, published=datetime(2026, 3, 12, 9, tzinfo=UTC))
    assert [(e.count, e.wounded) for e in found] == [(None, 6)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            (
                "A bloody day in the capital\nThree separate incidents were reported in Baghdad on Tuesday, the worst of them in"
                " Kadhimiya, where a car bomb killed nine people.\nIn Dora a roadside bomb killed two shoppers and wounded seven."
                "\nGunmen shot dead an official of the trade ministry in Adhamiya."
            ),
        ),
        (
            "ar",
            (
                "يوم دام في بغداد\nشهدت بغداد أمس الثلاثاء ثلاثة حوادث متفرقة، أعنفها في الكاظمية حيث انفجرت سيارة مفخخة وخلفت تسعة"
                " قتلى.\nوفي الدورة قتل اثنان من المتسوقين وأصيب سبعة بانفجار عبوة ناسفة.\nأما في الأعظمية فقد قتل مسلحون"
                " موظفاً في وزارة التجارة."
            ),
        ),
    ],
)
def test_an_opening_that_counts_deeds_and_tells_the_worst_of_them_is_that_one(analyser, language, text):
    found = events_of(analyser, language, text)
    assert {e.place: e.killed for e in found} == {"Kadhimiya": 9, "Dora": 2, "Adhamiyah": 1}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "es",
            (
                "Cañonazos sobre Sidakan\nLa artillería iraní bombardeó el martes unas aldeas de Sidakan. El alcalde asegura que no"
                " hay que lamentar muertos ni heridos."
            ),
        ),
        (
            "de",
            (
                "Drohne in Erbil abgeschossen\nDie Luftabwehr hat am Dienstag am Flughafen Erbil eine Drohne abgeschossen. Tote oder"
                " Verletzte hat es nicht gegeben."
            ),
        ),
    ],
)
def test_neither_dead_nor_hurt_however_it_is_put(analyser, language, text):
    event = only_event(analyser, language, text)
    assert (event.killed, event.wounded) == (0, 0)


def test_a_cache_that_police_came_upon_is_a_find(analyser):
    event = only_event(
        analyser,
        "fa",
        "کشف مهمات در کرکوک\nپلیس فدرال روز سه‌شنبه در داقوق به محموله‌ای دفن‌شده شامل ۶۰ گلوله خمپاره دست یافت.",
    )
    assert (event.sub_event_type, event.place) == ("Disrupted weapons use", "Daquq")


def test_a_show_of_drones_is_no_attack(analyser):
    report = analysis_of(
        analyser,
        "en",
        "Drones over Baghdad\nSix hundred drones drew palms over Abu Nuwas Street on Tuesday night in a light show for visitors.",
    )
    assert report.events == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "ar",
            "غارة قرب داقوق\nنفذت طائرات إف 16 أمس الثلاثاء غارة على مخبأ لداعش قرب داقوق وقتلت أربعة إرهابيين.",
        ),
        (
            "tr",
            "Dakuk'ta hava saldırısı\nF 16 uçakları salı günü Dakuk'ta IŞİD sığınağını vurdu, dört terörist öldürüldü.",
        ),
    ],
)
def test_the_number_of_a_make_of_aircraft_counts_nobody(analyser, language, text):
    assert only_event(analyser, language, text).killed == 4
