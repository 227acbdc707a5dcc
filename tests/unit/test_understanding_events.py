"""From sentences to events: places, roles, joint tolls, several events; on the shipped lexicon."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.reports import WEDNESDAY, analysis_of, events_of, only_event
from worker.domain.model import Kind
from worker.domain.understanding.analyser import Analyser
from worker.domain.understanding.when.dates import dates_in
from worker.domain.understanding.words.matcher import read


@pytest.mark.parametrize(
    ("said", "denied", "concept"),
    [
        ("Kerkük'te iki asker öldürüldü", "Kerkük'te iki asker öldürülmedi", "kill"),
        ("Musul'da bomba patladı", "Musul'da bomba patlamadı", "bombing"),
        ("Kaçırılan işçiler", "Kaçırılmayan işçiler", "abduction"),
        ("Beyci'de iki asker öldü", "Beyci'de toplantı verimli oldu", "kill"),
        ("Tatbikat kursu açıldı", "Duvara kurşun isabet etti", "drill"),
    ],
)
def test_a_negated_turkish_verb_tells_no_deed(analyser, said, denied, concept):
    tongue = analyser.lexicon.tongues["tr"]
    assert concept in {h.key for h in read(said, tongue).hits}
    assert concept not in {h.key for h in read(denied, tongue).hits}


@pytest.mark.parametrize(
    ("language", "text", "actors", "targets"),
    [
        ("tr", "Peşmerge Kerkük'te IŞİD'e saldırı başlattı", {"peshmerga"}, {"isis"}),
        ("tr", "IŞİD'den Kerkük'te Peşmerge mevzilerine saldırı", {"isis"}, {"peshmerga"}),
        (
            "tr",
            "Kerkük'te 4 PKK'lı terörist TSK tarafından etkisiz hale getirildi",
            {"turkish_forces"},
            {"pkk"},
        ),
        ("fa", "حمله هوایی آمریکا به مقر نجباء در بغداد", {"us_forces"}, {"hashd"}),
    ],
)
def test_grammar_tells_who_attacks_and_who_is_attacked(analyser, language, text, actors, targets):
    event = only_event(analyser, language, f"{text}\n")
    assert set(event.actors) == actors
    assert targets <= set(event.targets)


def test_ground_that_state_forces_take_is_regained(analyser):
    event = only_event(analyser, "tr", "Peşmerge Sincar'ı ele geçirdi\n")
    assert event.sub_event_type == "Government regains territory"


def test_counted_rockets_are_no_count_of_attacks(analyser):
    event = only_event(analyser, "tr", "Kerkük'te üsse 8 roketle saldırı\n")
    assert event.count is None


def test_missiles_named_before_drones_make_a_missile_attack(analyser):
    text = "سپاه اربیل را با موشک و پهپاد انتحاری هدف قرار داد\n"
    event = only_event(analyser, "fa", text)
    assert event.sub_event_type == "Shelling/artillery/missile attack"


def test_a_place_with_its_preposition_is_not_who_spoke(analyser):
    text = "کشف انبار سلاح\nارتش عراق از کشف یک انبار سلاح در فلوجه خبر داد."
    event = only_event(analyser, "fa", text)
    assert event.place == "Fallujah"


def test_without_publication_a_weekday_stays_open(analyser):
    tongue = analyser.lexicon.tongues["en"]
    reading = read("on Tuesday", tongue)
    assert dates_in(reading, tongue, 0, 2, None)[0].day is None


def test_headline_and_body_make_one_event_with_evidence_for_every_field(analyser):
    text = (
        "Roadside bomb kills two soldiers near Tuz Khurmatu\n"
        "A roadside bomb struck an army patrol near Tuz Khurmatu on Tuesday, killing two soldiers and "
        "wounding four, a police officer said."
    )
    analysis = analysis_of(analyser, "en", text)
    (event,) = analysis.events
    assert analysis.kind is Kind.INCIDENT
    assert event.sub_event_type == "Remote explosive/landmine/IED"
    assert event.event_type == "Explosions/Remote violence"
    assert (event.place, event.governorate) == ("Tuz Khurmatu", "Salah al-Din")
    assert (event.date, event.killed, event.wounded) == (date(2026, 3, 10), 2, 4)
    assert event.geo_precision == 2  # near the town, as the codebook has it
    proven = {e.field for e in event.evidence}
    assert {"sub_event_type", "place", "date", "killed", "wounded", "targets", "weapons"} <= proven
    assert analysis.gist.startswith("Explosive device hits")
    assert analysis.reasons


def test_a_sentence_without_a_deed_adds_its_toll_to_the_deed_before(analyser):
    text = "Rockets hit Taji base\nThree rockets hit the Taji base on Tuesday. No casualties were reported."
    event = only_event(analyser, "en", text)
    assert (event.killed, event.wounded) == (0, 0)


def test_claimed_and_suspected_doers_are_kept_apart(analyser):
    claimed = "Suicide bomber kills nine in Baghdad\nThe Islamic State claimed responsibility for Tuesday's bombing in Baghdad."
    event = only_event(analyser, "en", claimed)
    assert event.claimed_by == ("isis",)
    blamed = "Shelling kills two in Zakho\nArtillery shells killed two villagers near Zakho on Tuesday. Iraq blamed Turkish forces."
    event = only_event(analyser, "en", blamed)
    assert event.suspected == ("turkish_forces",)


def test_a_drone_brought_down_is_disrupted_weapons_use(analyser):
    text = "Drone shot down near Erbil airport\nAir defences shot down a drone near Erbil airport on Tuesday."
    event = only_event(analyser, "en", text)
    assert event.sub_event_type == "Disrupted weapons use"
    assert event.foiled
    assert event.place == "Erbil International Airport"


def test_a_direction_is_no_place_but_gives_a_point(analyser):
    text = "Gunmen kill three\nGunmen killed three people north of Baghdad on Tuesday, Iraqi police said."
    event = only_event(analyser, "en", text)
    assert event.place is None
    assert event.geo_precision == 2


def test_two_deeds_in_two_places_are_two_events(analyser):
    text = (
        "Attacks in Kirkuk and Diyala\n"
        "A car bomb killed three people in Kirkuk on Monday. "
        "Separately, gunmen kidnapped two farmers near Muqdadiyah in Diyala on Tuesday."
    )
    events = events_of(analyser, "en", text)
    assert {e.sub_event_type for e in events} >= {"Abduction/forced disappearance"}
    assert {e.governorate for e in events} == {"Kirkuk", "Diyala"}


@pytest.mark.parametrize(
    "text",
    [
        "Car bomb kills nine in Kabul\nA car bomb killed nine people in the Afghan capital on Tuesday.",
        "Iraq beat Oman\nA late strike gave Iraq a 1-0 win over Oman in the Gulf Cup.",
        "Recipe of the day\nA bombe of dates.",
    ],
)
def test_other_countries_sport_and_kitchens_are_none_of_our_business(analyser, text):
    analysis = analysis_of(analyser, "en", text)
    assert not analysis.relevant
    assert analysis.events == ()
    assert analysis.terms == ()


def test_a_trial_of_an_old_case_is_context(analyser):
    text = "Mosul court sentences IS member to death\nA criminal court in Mosul sentenced an Islamic State member to death for killings in 2015."
    assert analysis_of(analyser, "en", text).kind is Kind.CONTEXT


def test_unknown_languages_and_empty_texts_are_read_without_complaint(analyser):
    assert not analysis_of(analyser, "xx", "").relevant
    assert not analysis_of(analyser, "zh", "\n").relevant


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [
                "Baghdad",
                "بغداد",
                "مقتل",
                "12",
                "killed",
                "on",
                "Tuesday",
                ",",
                ".",
                ";",
                "rockets",
                "صواريخ",
                "أمس",
                "شخصا",
                "\n",
                "and",
                "between",
                "4",
                "18",
                "August",
                "داعش",
                "Irak'ta",
                "ölü",
                "3",
                "polis",
                "roket",
                "Kirkuk’s",
                "۵",
                "کشته",
                "—",
                "the",
                "US,",
                "%",
                ":",
                "1,500",
                "2014",
            ]
        ),
        max_size=40,
    ),
    st.sampled_from(["en", "fr", "ar", "ckb", "fa", "tr", "es", "de"]),
)
def test_no_text_breaks_it_and_every_span_lies_in_the_text(analyser, words, language):
    text = "Iraq attack\n" + " ".join(words)
    analysis = analysis_of(analyser, language, text)
    for match in analysis.matches:
        assert text[match.start : match.end] == match.text
    for event in analysis.events:
        for proof in event.evidence:
            assert 0 <= proof.start < proof.end <= len(text)
            assert text[proof.start : proof.end].strip()


TWO_DEEDS = (
    "Governor assassinated; bombing kills 10\nGunmen killed the governor in Baghdad on Tuesday and a suicide"
    " bomber killed 10 people near the Green Zone, police said."
)


def test_two_deeds_of_one_sentence_are_two_events(analyser):
    found = events_of(analyser, "en", TWO_DEEDS)
    assert [(e.sub_event_type, e.killed) for e in found] == [("Attack", 1), ("Suicide bomb", 10)]


def test_one_deed_with_two_figures_stays_one_event(analyser):
    text = "Car bomb in Kirkuk\nA car bomb killed five people and wounded nine in Kirkuk on Tuesday."
    assert [(e.killed, e.wounded) for e in events_of(analyser, "en", text)] == [(5, 9)]


def test_each_event_keeps_its_own_toll_where_the_headline_sums_them_up(analyser):
    text = (
        "Two bombings kill 31 in Iraq\nA car bomb in Baqubah killed 24 people on Tuesday, police said."
        "\nIn a separate attack a roadside bomb in Kirkuk killed seven soldiers."
    )
    found = events_of(analyser, "en", text)
    assert [(e.place, e.killed) for e in found] == [("Baqubah", 24), ("Kirkuk", 7)]


def test_a_country_that_strikes_is_the_doer_and_not_the_place(analyser):
    text = "Iran fires missiles at Israel as US strikes Iran-backed militias in Iraq\nThree fighters died."
    found = events_of(analyser, "en", text)
    assert [e.sub_event_type for e in found] == ["Air/drone strike"]
    assert "us_forces" in found[0].actors


def test_next_behind_a_weekday_does_not_put_it_into_the_future(analyser):
    tongue = analyser.lexicon.tongues["en"]
    reading = read("It went off on Sunday next to trucks", tongue)
    first, last = reading.sentences[0]
    assert [d.day for d in dates_in(reading, tongue, first, last, WEDNESDAY)] == [date(2026, 3, 8)]


def test_an_article_swallowed_by_a_clitic_hides_no_party(analyser: Analyser) -> None:
    text = "مسلحون يهاجمون موقعا للتحالف الدولي في بغداد"
    reading = read(text, analyser.lexicon.tongues["ar"])
    assert "actor:coalition" in {h.key for h in reading.hits}


def test_a_sorani_city_is_not_taken_for_the_general_of_that_name(analyser: Analyser) -> None:
    reading = read("مامۆستایان لە سلێمانی خۆپیشاندانیان کرد", analyser.lexicon.tongues["ckb"])
    named = {h.key: h.phrase.ambiguous for h in reading.hits if h.group in ("geo", "actor")}
    assert named == {"place:sulaymaniyah": False}


def test_a_name_that_holds_a_date_word_tells_no_date(analyser: Analyser) -> None:
    tongue = analyser.lexicon.tongues["ar"]
    reading = read("عين اليوم – بغداد", tongue)
    assert not dates_in(reading, tongue, 0, len(reading.starts), WEDNESDAY)


def test_a_headline_that_sums_up_two_bombings_gives_each_its_part(analyser: Analyser) -> None:
    text = (
        "مقتل 31 في تفجيرين بشرق العراق\nقالت مصادر أمنية إن 24 شخصا قتلوا اليوم عندما انفجرت سيارة ملغومة في سوق "
        "بمدينة بعقوبة. وأضافت أن سبعة آخرين قتلوا في تفجير آخر شرقي المدينة."
    )
    assert [e.killed for e in events_of(analyser, "ar", text)] == [24, 7]


def test_an_arrest_beside_a_foiled_plot_stays_an_arrest(analyser: Analyser) -> None:
    text = "اعتقال أربعة إرهابيين في كركوك\nألقت القوات الأمنية القبض اليوم على أربعة من داعش في كركوك وأحبطت مخططا لهم."
    assert {e.sub_event_type for e in events_of(analyser, "ar", text)} == {"Arrests"}


def test_what_a_protest_is_about_is_no_event_of_its_own(analyser):
    text = "Thousands march in Baghdad against US strikes on Iran\nThe crowd dispersed peacefully on Tuesday."
    assert [e.sub_event_type for e in events_of(analyser, "en", text)] == ["Peaceful protest"]


def events(analyser: Analyser, text: str, language: str) -> list[tuple]:
    found = events_of(analyser, language, text)
    return [(e.sub_event_type, e.place, e.date and e.date.isoformat(), e.killed) for e in found]


def test_what_a_protest_is_against_is_not_the_event(analyser):
    text = (
        "Des manifestants attaquent un consulat à Bassora\n"
        "Des centaines de manifestants ont pris d'assaut mardi le consulat à Bassora pour protester contre "
        "les raids qui ont tué 25 combattants."
    )
    (event,) = events(analyser, text, "fr")
    assert event[:3] == ("Violent demonstration", "Basra", "2026-03-10")
    assert event[3] is None


def test_a_figure_makes_exact_what_the_headline_rounds_down(analyser):
    text = (
        "Plus de 110 morts dans un attentat à Bagdad\n"
        "Un attentat à la voiture piégée a fait 119 morts mardi à Bagdad."
    )
    assert [e[3] for e in events(analyser, text, "fr")] == [119]


def test_the_night_between_two_days_counts_for_the_second(analyser):
    text = (
        "Mueren diez soldados en Tikrit\n"
        "Diez soldados murieron en la noche del lunes al martes en un ataque del Estado Islámico en Tikrit."
    )
    assert [e[2] for e in events(analyser, text, "es")] == ["2026-03-10"]


def test_a_name_of_two_places_is_the_one_in_the_governorate_that_is_named(analyser):
    for where, governorate in (("Kirkouk", "Kirkuk"), ("Diyala", "Diyala")):
        text = f"Attaque de l'EI à Al-Rachad\nDes jihadistes ont tué trois policiers à Al-Rachad, près de {where}."
        found = events_of(analyser, "fr", text)
        assert {e.governorate for e in found} == {governorate}


def test_missiles_and_drones_of_one_salvo_are_shelling(analyser):
    text = "Salve de missiles et drones suicides tirés sur Koysinjaq\nTreize morts mardi à Koysinjaq."
    assert [e[0] for e in events(analyser, text, "fr")] == ["Shelling/artillery/missile attack"]


def test_who_reports_is_neither_doer_nor_victim(analyser):
    text = "Zwei Tote bei Explosion in Mossul\nBei der Explosion einer Bombe starben zwei Händler, sagte ein Polizeisprecher."
    found = events_of(analyser, "de", text)
    assert all("police" not in e.targets and not e.actors for e in found)


@pytest.mark.parametrize(
    ("language", "text", "wounded"),
    [
        ("en", "Iraq\nA roadside bomb wounded three policemen in Tal Afar on Tuesday.", 3),
        ("de", "Irak\nEine Bombe verletzte am Dienstag drei Polizisten in Tal Afar.", 3),
        ("fr", "Irak\nUne bombe blesse trois policiers à Tal Afar mardi.", 3),
    ],
)
def test_a_weapon_that_wounds_is_a_deed(analyser: Analyser, language: str, text: str, wounded: int) -> None:
    event = events_of(analyser, language, text)[0]
    assert (event.sub_event_type, event.wounded) == ("Remote explosive/landmine/IED", wounded)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Irak\nKampfjets der Koalition bombardierten am Dienstag ein IS-Versteck im Hamrin-Gebirge."),
        ("es", "Irak\nCazas F-16 iraquíes atacaron el martes guaridas del EI en los montes Hamrin."),
    ],
)
def test_a_hideout_that_is_bombed_is_no_cache_that_is_found(
    analyser: Analyser, language: str, text: str
) -> None:
    assert [e.sub_event_type for e in events_of(analyser, language, text)] == ["Air/drone strike"]


def test_a_later_mention_of_the_same_deed_is_no_event_of_its_own(analyser: Analyser) -> None:
    text = (
        "Baghdad drone strike kills militia commander\nA US drone strike killed a commander of Kataib Hezbollah "
        "in Baghdad on Tuesday. Separately, the prime minister called the US drone strike an outrage."
    )
    assert len(events_of(analyser, "en", text)) == 1


def test_a_semicolon_parts_two_deeds_with_places_of_their_own(analyser: Analyser) -> None:
    found = events_of(
        analyser,
        "en",
        "Two Turkish drone strikes in northern Iraq\nA drone struck a house in Bamarni on Monday; "
        "in Sinjar a drone hit a car early on Wednesday.",
    )
    assert [(e.place, e.date) for e in found] == [
        ("Bamarni", date(2026, 3, 9)),
        ("Sinjar", date(2026, 3, 11)),
    ]


def test_two_quarters_of_one_town_are_two_places(analyser: Analyser) -> None:
    found = events_of(
        analyser,
        "en",
        "Violence in Baghdad\nA bomb exploded in Karrada on Tuesday, killing two people. "
        "Gunmen shot dead a shopkeeper in Sadr City on Tuesday.",
    )
    assert [e.place for e in found] == ["Karrada", "Sadr City"]


def test_a_suicide_car_bomb_names_both_terms_and_the_car(analyser: Analyser) -> None:
    found = analysis_of(
        analyser,
        "en",
        "Suicide car bomber kills four in Kirkuk\nA suicide car bomber struck a checkpoint on Monday.",
    )
    assert {"suicide_attack", "car_bomb"} <= set(found.terms)
    assert found.events[0].weapons == ("car_bomb",)


def test_a_figure_ends_a_sentence_but_in_german_is_an_ordinal(analyser: Analyser) -> None:
    english = read("It killed 13. On Sunday calm returned.", analyser.lexicon.tongues["en"])
    german = read("Es geschah am 13. August in Bagdad.", analyser.lexicon.tongues["de"])
    assert (len(english.sentences), len(german.sentences)) == (2, 1)


def test_each_of_the_headlines_places_takes_what_the_text_tells_of_it(analyser: Analyser) -> None:
    found = events_of(
        analyser,
        "en",
        "Turkish drones hit Bamarni and Sinjar\nA drone hit a car in Bamarni on Monday. "
        "A drone killed two people in Sinjar on Tuesday.",
    )
    assert [(e.place, e.date, e.killed) for e in found] == [
        ("Bamarni", date(2026, 3, 9), None),
        ("Sinjar", date(2026, 3, 10), 2),
    ]


def test_iraq_named_only_for_where_the_border_is_places_nothing_in_it(analyser: Analyser) -> None:
    found = events_of(
        analyser,
        "en",
        "Syrian base hit in air raid\nAircraft bombed a position at Albu Kamal in Syria, "
        "across the border from Iraq's al-Qaim, on Monday, killing two men.",
    )
    assert [e.place for e in found if e.place] == []


def test_a_sum_in_the_text_counts_others_in_than_the_headline(analyser: Analyser) -> None:
    text = (
        "Irak: quatre peshmergas tués près de Kirkouk\nQuatre combattants kurdes et un civil ont été tués mardi dans "
        "un assaut de l'EI contre une position des peshmergas près de Kirkouk."
    )
    event = events_of(analyser, "fr", text)[0]
    assert (event.sub_event_type, event.killed) == ("Armed clash", 5)


def test_who_dies_in_a_market_is_a_civilian(analyser: Analyser) -> None:
    text = "Bomb kills five in Mosul market\nA bomb killed five people in a market in Mosul on Tuesday."
    assert set(events_of(analyser, "en", text)[0].targets) == {"market", "civilians"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Protesters storm Swedish embassy in Baghdad", "en"),
        ("Manifestation devant l'ambassade de Suède à Bagdad", "fr"),
    ],
)
def test_an_embassy_named_with_its_city_settles_that_iraq_is_meant(
    analyser: Analyser, text: str, language: str
) -> None:
    assert analysis_of(analyser, language, text).score > 0.1


def test_a_truce_of_its_own_day_stands_beside_the_fight_that_it_ended(analyser: Analyser) -> None:
    text = (
        "هدنة بين عشيرتين في ميسان\nوقعت عشيرتان أمس السبت هدنة في قضاء المجر الكبير بميسان.\n"
        "وكانت اشتباكات عشائرية قد اندلعت بينهما الجمعة في المجر الكبير وأوقعت قتيلين وثلاثة جرحى."
    )
    found = events_of(analyser, "ar", text, published=datetime(2023, 11, 12, 9, tzinfo=UTC))
    assert sorted((e.sub_event_type, str(e.date), e.killed) for e in found) == [
        ("Agreement", "2023-11-11", None),
        ("Armed clash", "2023-11-10", 2),
    ]


def test_the_day_on_which_a_group_says_that_it_stops_is_the_events(analyser: Analyser) -> None:
    text = (
        "Faction halts its attacks in Baghdad\nKataib Hezbollah announced in Baghdad on Tuesday evening that it "
        "has suspended its attacks on US forces."
    )
    event = only_event(analyser, "en", text)
    assert (event.sub_event_type, event.date) == ("Change to group/activity", date(2026, 3, 10))
    assert list(event.actors) == ["kataib_hezbollah"]


@pytest.mark.parametrize(
    ("text", "kinds", "killed"),
    [
        (
            (
                "Air strike in Wadi Zghaitoun\nF-16 jets struck an ISIS hideout in Wadi Zghaitoun, Kirkuk, on Tuesday. "
                "Counter-terrorism troops who searched the site found the bodies of four militants."
            ),
            ["Air/drone strike"],
            4,
        ),
        (
            (
                "Graduates dispersed in Basra\nPolice used tear gas to disperse graduates in Basra on Tuesday. "
                "Six were arrested and let go at night."
            ),
            ["Protest with intervention"],
            None,
        ),
        (
            (
                "Graduates dispersed in Basra\nPolice used tear gas to disperse graduates in Basra on Tuesday. "
                "Elsewhere, the army arrested three ISIS men in Mosul on Monday."
            ),
            ["Protest with intervention", "Arrests"],
            None,
        ),
        (
            (
                "Faction suspends attacks\nKataib Hezbollah announced on Tuesday that it suspends its operations against the "
                "United States, so as not to embarrass the government."
            ),
            ["Change to group/activity"],
            None,
        ),
    ],
)
def test_what_follows_from_a_deed_is_no_deed_of_its_own(analyser, text, kinds, killed):
    found = events_of(analyser, "en", text)
    assert [e.sub_event_type for e in found] == kinds
    assert found[0].killed == killed


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            (
                "Iran consulate in flames\nDemonstrators stormed the Iranian consulate in Basra, Iraq, on Tuesday and set it on "
                "fire. A man died of gunshot wounds and eleven others were wounded, the health department said."
            ),
            [("Violent demonstration", 1, 11)],
        ),
        (
            (
                "Five policemen killed in two IS attacks in Iraq\nTwo policemen were killed when IS militants opened fire on a "
                "checkpoint in Buhriz, Diyala, on Monday night. In Hawija, Kirkuk, a roadside bomb hit a patrol on Tuesday. "
                "Three policemen died in the blast."
            ),
            [("Armed clash", 2, None), ("Remote explosive/landmine/IED", 3, None)],
        ),
        (
            (
                "Federal police enter Shura\nIraqi federal police took the town of al-Shura, south of Mosul, from Islamic State "
                "on Tuesday, a commander said."
            ),
            [("Government regains territory", None, None)],
        ),
        (
            (
                "Car hit in Baghdad\nA US drone hit a car in the Mashtal quarter of Baghdad with three missiles on Tuesday. "
                "Two men died."
            ),
            [("Air/drone strike", 2, None)],
        ),
    ],
)
def test_each_deed_keeps_its_own_dead_and_name(analyser, text, told):
    found = events_of(analyser, "en", text)
    assert [(e.sub_event_type, e.killed, e.wounded) for e in found] == told
