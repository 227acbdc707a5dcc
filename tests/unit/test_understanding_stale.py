"""Deeds that are planned, old or a whole war's, captives, finders, and second deeds of one sentence; on the shipped lexicon."""

from __future__ import annotations

import pytest

from tests.support.reports import analysis_of, events_of, only_event


@pytest.mark.parametrize(
    "text",
    [
        "Marines wait outside Fallujah\nUS commanders near Fallujah made final preparations for an offensive, an officer said.",
        "UN staff meet families\nOfficials in Geneva met families of those who died in the bombing of the UN offices in Baghdad last year.",
        "Researchers count Iraq's losses\nAir strikes and shelling in Iraq have killed 90,000 people, a journal said.",
        "Iraq warns of strikes\nThe defence ministry in Baghdad said on Tuesday that it would respond to any further attack on its bases.",
        "Explosion at Basra power plant\nA technical fault caused the explosion at Rumaila power station on Wednesday, the ministry said.",
        "Family marks fortieth day\nHundreds met in Basra on Friday, forty days after gunmen killed a cleric outside his mosque.",
        "UN: 52 civilians killed in Iraq in February\nAttacks and shelling killed 52 civilians across Iraq last month, the UN mission said on Monday.",
        "Basra residents bury four\nMourners in Basra carried the coffins of four protesters on Sunday.",
        "MPs question the premier\nLawmakers met for the first time since the launch of the assault on Fallujah.",
    ],
)
def test_what_is_planned_old_an_accident_or_a_sum_is_no_event(analyser, text):
    assert events_of(analyser, "en", text) == ()


def test_a_plea_for_captives_does_not_hide_the_raid_told_beside_it(analyser):
    text = "Hostage begs for her life\nA hostage in Iraq pleaded for her release as seven people died in US air strikes on Fallujah on Tuesday."
    event = only_event(analyser, "en", text)
    assert (event.sub_event_type, event.place, event.killed) == ("Air/drone strike", "Fallujah", 7)


def test_soldiers_taken_hostage_are_no_civilians(analyser):
    text = "Group kills captives\nMilitants near Hawija shot dead 11 Iraqi soldiers taken hostage last week, police said on Tuesday."
    event = only_event(analyser, "en", text)
    assert "soldiers" in event.targets
    assert "civilians" not in event.targets


def test_foreign_troops_who_found_the_dead_were_not_hit(analyser):
    text = "Bodies found\nU.S. troops discovered eight bodies in Mosul on Tuesday, the military said."
    event = only_event(analyser, "en", text)
    assert (event.killed, event.targets, event.actors) == (8, (), ())


def test_the_kin_of_a_minister_is_no_official(analyser):
    text = "Kidnap in capital\nGunmen abducted two relatives of the Iraqi prime minister from their home in Baghdad on Tuesday."
    event = only_event(analyser, "en", text)
    assert event.targets == ("civilians",)


def test_a_base_used_by_troops_does_not_make_them_the_bombers(analyser):
    text = "Bomb kills ten policemen\nA car bomb went off on Tuesday at a police station near a base in Ramadi used by US Marines, killing ten policemen."
    event = only_event(analyser, "en", text)
    assert event.actors == ()


def test_a_deed_minutes_later_is_an_event_of_its_own(analyser):
    text = "Two assaults near Nasiriyah\nMen in uniform shot diners at a restaurant in Nasiriyah on Tuesday, and minutes later a bomber drove an explosives-laden car into a checkpoint."
    assert [e.sub_event_type for e in events_of(analyser, "en", text)] == ["Attack", "Suicide bomb"]


def test_a_separate_deed_told_by_a_bearing_does_not_take_the_first_ones_place(analyser):
    text = (
        "Thirteen policemen killed\nA gun battle in Hawija killed 13 policemen on Monday, police said.\n"
        "Separately, three soldiers died late on Saturday in an attack on a checkpoint southeast of Mosul."
    )
    assert [(e.place, e.killed) for e in events_of(analyser, "en", text)] == [("Hawija", 13), ("Mosul", 3)]


def test_a_deed_elsewhere_in_the_country_does_not_take_the_first_ones_place(analyser):
    text = (
        "Blast in Kirkuk\nA car bomb killed six people in Kirkuk on Tuesday, police said.\n"
        "Elsewhere in the country, a roadside bomb killed two soldiers on Tuesday."
    )
    assert [(e.place, e.killed) for e in events_of(analyser, "en", text)] == [("Kirkuk", 6), (None, 2)]


def test_forces_that_only_begin_an_operation_have_fought_nobody(analyser):
    text = "Sweep begins\nIraqi forces launched a sweeping operation in the Hamrin mountains on Tuesday, the army said."
    event = only_event(analyser, "en", text)
    assert event.sub_event_type == "Change to group/activity"


def test_a_fight_beyond_the_border_is_not_in_the_iraqi_town_across(analyser):
    text = "Smugglers die\nFour smugglers died in a shoot-out outside Albu Kamal on Tuesday, a mile from the crossing with Iraq's Qaim."
    assert events_of(analyser, "en", text) == ()


def test_a_peoples_name_before_a_thing_counts_nobody(analyser):
    text = "Bombs kill 26\nCar bombs killed at least 26 people in two Iraqi cities on Tuesday, police in Mosul said."
    assert {e.killed for e in events_of(analyser, "en", text)} == {26}


@pytest.mark.parametrize(
    ("troops", "actor"),
    [
        ("Polish troops", "coalition"),
        ("Royal Marines", "coalition"),
        ("Marines", "us_forces"),
        ("U.S.-led forces", "us_forces"),
    ],
)
def test_contingents_are_known_by_their_nation_and_corps(analyser, troops, actor):
    text = f"Fighting near Diwaniyah\n{troops} fought insurgents near Diwaniyah in Iraq on Tuesday, killing four."
    event = only_event(analyser, "en", text)
    assert actor in event.actors


def test_a_headline_that_names_the_first_of_the_dead_gives_way_to_the_whole_toll(analyser):
    text = "Strike kills commander\nA US drone hit a car in Baghdad on Tuesday, killing a Hezbollah Brigades commander and two guards."
    event = only_event(analyser, "en", text)
    assert event.killed == 3


def test_a_headline_in_the_plural_tells_no_one_victim(analyser):
    text = "Soldiers killed in attack\nFour soldiers were killed in an ISIS attack on their barracks in Udhaim on Tuesday."
    event = only_event(analyser, "en", text)
    assert event.killed == 4


def test_kin_with_an_owner_before_them_are_added_up(analyser):
    text = "Mortar fire in Diyala\nMortar rounds fell on a house in Khanaqin on Tuesday, killing a woman and her two sons."
    event = only_event(analyser, "en", text)
    assert event.killed == 3


def test_a_party_whose_depot_blew_up_was_hit(analyser):
    text = "Blast near Tikrit\nAn explosion rocked a Hashd depot near Tikrit on Tuesday, wounding three fighters."
    event = only_event(analyser, "en", text)
    assert "hashd" in event.targets


def test_a_named_day_goes_before_the_night_up_to_publication(analyser):
    text = "Explosion at Kalsu\nAn overnight explosion at the Kalsu base in Babil killed one fighter of the Hashd al-Shaabi on Saturday."
    event = only_event(analyser, "en", text)
    assert event.date is not None
    assert event.date.isoformat() == "2026-03-07"


def test_workers_near_a_town_are_no_facility_of_it(analyser):
    text = "Device hits minibus\nA roadside bomb hit a minibus with oil workers near Baiji on Tuesday, killing two people."
    event = only_event(analyser, "en", text)
    assert event.place == "Baiji"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            (
                "Hundreds mourn Hashd commander in Najaf\nMourners in Najaf carried the coffin of a Hashd commander "
                "killed in an American air strike at the weekend."
            ),
        ),
        (
            "fr",
            (
                "Obsèques à Kerbala d'un chef du Hachd\nDes centaines de personnes ont assisté mercredi aux obsèques d'un "
                "chef du Hachd al-Chaabi tué par une frappe américaine."
            ),
        ),
        (
            "ar",
            (
                "النجف تشيّع اثنين من شهداء الحشد\nشيّع أهالي النجف، عصر الاثنين، جثماني شهيدين من الحشد الشعبي قضيا في "
                "الغارات الأمريكية على القائم. وطالب المشيعون بإخراج القوات الأجنبية."
            ),
        ),
    ],
)
def test_a_funeral_is_not_the_blow_that_killed_the_buried(analyser, language, text):
    found = analysis_of(analyser, language, text)
    assert (found.relevant, str(found.kind), found.events) == (True, "context", ())
