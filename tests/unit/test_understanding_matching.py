"""The phrase notation and the matcher: words, clitics, endings, gaps, capitals, conditions, offsets."""

from __future__ import annotations

import pytest

from worker.domain.understanding.words.lexicon import Lexicon, build_lexicon
from worker.domain.understanding.words.matcher import read
from worker.domain.understanding.words.phrases import compile_name, compile_phrase

CONCEPTS = {
    i: {"id": i, "says": i, "group": g}
    for i, g in {
        "attack": "act",
        "strike": "act",
        "airstrike": "act",
        "rocket": "weapon",
        "seize": "act",
        "sport": "topic",
        "us": "sign",
        "killed": "toll",
    }.items()
}


def lexicon(phrases: dict, **language) -> Lexicon:
    uniform = {c: [p if isinstance(p, dict) else {"say": p} for p in ps] for c, ps in phrases.items()}
    tongue = {"code": "xx", "script": "latin", "concepts": uniform, "numbers": {}, "dates": {}, **language}
    return build_lexicon(concepts=CONCEPTS, languages={"xx": tongue}, actors={}, places={})


def found(text: str, phrases: dict, **language) -> list[tuple[str, str]]:
    reading = read(text, lexicon(phrases, **language).tongues["xx"])
    source = reading.folded.source
    return [(h.key, source[slice(*reading.span(h.start, h.end))]) for h in reading.hits]


def test_a_word_takes_the_endings_of_its_language_and_no_others():
    phrases = {"rocket": ["rocket"]}
    assert found("Rockets fell", phrases, after=["s"]) == [("rocket", "Rockets")]
    assert found("rocketing prices", phrases, after=["s"]) == []
    assert found("skyrocket", phrases, after=["s"]) == []


def test_an_exact_word_takes_none():
    assert found("attacks attack", {"attack": ["=attack"]}, after=["s"]) == [("attack", "attack")]


def test_letters_are_demanded_where_folding_makes_two_words_one():
    phrases = {"killed": ["~öldü*"]}
    assert found("Üç kişi ÖLDÜ, öldüğü", phrases) == [("killed", "ÖLDÜ"), ("killed", "öldüğü")]
    assert found("Sorun olduğu gibi kötü oldu", phrases) == []
    assert found("Sessiz öldü kaldı", {"killed": ["sessiz ~öldü"]}) == [("killed", "Sessiz öldü")]
    assert found("Sessiz oldu kaldı", {"killed": ["sessiz ~öldü"]}) == []


def test_arabic_clitics_and_endings_join_in_any_combination():
    phrases = {"rocket": ["صاروخ"]}
    affixes = {"before": ["و", "ال", "وال", "بال", "ب"], "after": ["ين", "ات"], "script": "arabic"}
    for word in ("صاروخ", "والصاروخ", "بصاروخين", "بالصاروخ"):
        assert found(f"سقط {word} هنا", phrases, **affixes) == [("rocket", word)]
    assert found("سقط سصاروخ هنا", phrases, **affixes) == []


def test_a_word_with_a_closing_sign_takes_clitics_but_no_ending():
    affixes = {"before": ["ب"], "after": ["ه"], "script": "arabic"}
    assert found("قصف بقصف قصفه", {"attack": ["قصف="]}, **affixes) == [("attack", "قصف"), ("attack", "بقصف")]


def test_german_compounds_are_found_inside_words():
    phrases = {"attack": ["*angriff"]}
    assert found("Der Drohnenangriff", phrases, compounds=True, after=["e"]) == [("attack", "Drohnenangriff")]


def test_a_stem_takes_anything_behind_it():
    assert found("öldürüldü", {"killed": ["öldür*"]}) == [("killed", "öldürüldü")]


def test_a_gap_holds_up_to_three_words_and_never_leaves_the_sentence():
    phrases = {"seize": ["seized .. weapons"]}
    assert found("They seized a cache of weapons", phrases) == [("seize", "seized a cache of weapons")]
    assert found("They seized one two three four weapons", phrases) == []
    assert found("They seized it. New weapons came", phrases) == []


def test_a_number_sign_stands_for_digits_and_number_words():
    words = {"numbers": {"values": {"twelve": 12}}}
    phrases = {"killed": ["killed # people"]}
    assert found("killed 12 people", phrases, **words) == [("killed", "killed 12 people")]
    assert found("killed twelve people", phrases, **words) == [("killed", "killed twelve people")]
    assert found("killed some people", phrases, **words) == []


def test_capitals_are_demanded_of_abbreviations():
    assert found("The US told us", {"us": ["^US"]}) == [("us", "US")]


def test_a_word_that_must_end_its_clause_is_no_article_or_preposition():
    phrases = {"seize": ["=nahmen ..5 =ein$", "=fest$"]}
    assert found("Rebellen nahmen am Montag Rawa ein, dann", phrases) == [
        ("seize", "nahmen am Montag Rawa ein")
    ]
    assert found("Sie nahmen Rawa ein", phrases) == [("seize", "nahmen Rawa ein")]
    assert found("Sie nahmen in Rawa ein Haus", phrases) == []


def test_elisions_and_apostrophes_part_words():
    assert found("L’attaque d'hier", {"attack": ["attaque"]}) == [("attack", "attaque")]
    assert found("Irak'ta saldırı", {"attack": ["saldırı"]}) == [("attack", "saldırı")]


def test_an_alternative_of_several_words_is_a_phrase_of_its_own():
    phrases = {"attack": ["disperse .. sit-in|rally"], "strike": ["=l'un|une brûlé"]}
    assert found("police disperse the sit-in", phrases) == [("attack", "disperse the sit-in")]
    assert found("police disperse a rally", phrases) == [("attack", "disperse a rally")]
    assert found("police disperse in the street", phrases) == []
    assert found("l'un brûlé, une brûlé", phrases) == [("strike", "l'un brûlé"), ("strike", "une brûlé")]


def test_the_longest_of_one_group_wins_and_groups_do_not_hinder_each_other():
    phrases = {"airstrike": ["air strike"], "strike": ["strike"], "killed": ["strike"]}
    assert found("an air strike", phrases) == [("airstrike", "air strike"), ("killed", "strike")]


def test_forbidden_and_needed_neighbours_decide_within_the_sentence():
    phrases = {"strike": [{"say": "strike", "unless": ["sport"]}], "sport": ["goal"]}
    assert found("A late strike and a goal", phrases) == [("sport", "goal")]
    assert found("A late strike. No goal", phrases) == [("strike", "strike"), ("sport", "goal")]
    phrases = {"strike": [{"say": "hit", "need": ["rocket"], "near": 3}], "rocket": ["rocket"]}
    assert ("strike", "hit") in found("a rocket hit it", phrases)
    assert ("strike", "hit") not in found("a hit song about one two three four rocket", phrases)


@pytest.mark.parametrize("text", ["مُقْتَل شخص", "ﻣﻘﺘﻞ شخص", "مقـــتل شخص"])
def test_offsets_lead_back_to_the_source_however_it_is_spelled(text):
    reading = read(text, lexicon({"killed": ["مقتل"]}, script="arabic").tongues["xx"])
    (hit,) = reading.hits
    start, end = reading.span(hit.start, hit.end)
    assert text[start:end] == text.split()[0]


def test_a_full_stop_of_an_abbreviation_ends_no_sentence():
    reading = read("Title\nThe U.S. army came. It left.", lexicon({"us": ["army"]}).tongues["xx"])
    assert len(reading.sentences) == 3


def test_a_long_phrase_is_found_whatever_was_read_before():
    phrases = {
        "attack": ["opened heavy fire on", "opened .. salvo of", "opened # rounds on"],
        "rocket": ["salvo"],
        "sport": ["fire", "rounds"],
    }
    long = [
        ("Men opened heavy fire on us", "opened heavy fire on"),
        ("Men opened a big salvo of", "opened a big salvo of"),
        ("Men opened 3 rounds on us", "opened 3 rounds on"),
    ]
    words = ["Heavy fire on a salvo of rounds on us", "On of fire rounds salvo"]
    for text, expected in long:
        fresh, used = lexicon(phrases).tongues["xx"], lexicon(phrases).tongues["xx"]
        for before in (*words, *(other for other, _ in long if other != text)):
            read(before, used)
        for tongue in (fresh, used):
            assert [text[h.start : h.end] for h in read(text, tongue).hits if h.key == "attack"] == [expected]


def test_a_language_is_made_when_it_is_first_asked_for_and_once():
    languages = {
        code: {
            "code": code,
            "script": "latin",
            "concepts": {"us": [{"say": "army"}]},
            "numbers": {},
            "dates": {},
        }
        for code in ("xx", "yy")
    }
    languages["yy"]["concepts"] = {"no such concept": [{"say": "army"}]}  # would fail if it were made
    tongues = build_lexicon(concepts=CONCEPTS, languages=languages, actors={}, places={}).tongues
    assert (list(tongues), len(tongues), "yy" in tongues, "zz" in tongues) == (["xx", "yy"], 2, True, False)
    assert tongues["xx"] is tongues["xx"]
    assert tongues.get("zz") is None


def test_equal_word_tests_are_one_whatever_phrase_and_language_they_come_from():
    assert compile_phrase({"say": "car bomb"})[0].parts == compile_phrase({"say": " car  bomb"})[0].parts
    assert compile_phrase({"say": "=car"})[0].parts != compile_phrase({"say": "car"})[0].parts
    assert compile_name("car")[0].parts != compile_phrase({"say": "car"})[0].parts


def test_a_void_phrase_keeps_shorter_ones_off_its_words_and_says_nothing():
    phrases = {"attack": ["attack"], "strike": [{"say": "heart attack", "void": True}]}
    assert found("heart attack; attack", phrases) == [("attack", "attack")]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("A report by the U.N.\noffice says ten died. More follows.", 2),
        ("Ten died in Mosul on Nov.\n11, an official said.", 1),
        ("Ten died, says U.N.\nThe office gave no details.", 2),
        ("Ten died in Mosul\nthe mayor says.", 2),
    ],
)
def test_a_line_cut_behind_an_abbreviation_goes_on(text, sentences):
    words = lexicon({"killed": ["died"]}, sentences={"abbreviations": ["nov"]})
    assert len(read(text, words.tongues["xx"]).sentences) == sentences


def test_a_phrase_whose_condition_fails_hides_no_shorter_one():
    phrases = {
        "attack": ["drone", {"say": "drone hit", "need": ["rocket"]}],
        "seize": [{"say": "hit port", "unless": ["sport"]}],
        "rocket": ["rocket"],
        "sport": ["match"],
    }
    assert found("A drone hit it", phrases) == [("attack", "drone")]
    assert found("A drone hit it and a rocket", phrases) == [("attack", "drone hit"), ("rocket", "rocket")]
    assert found("A drone hit port", phrases) == [("attack", "drone"), ("seize", "hit port")]
    assert found("A drone hit port in a match", phrases) == [("attack", "drone"), ("sport", "match")]


def test_a_short_first_word_of_several_takes_clitics_but_no_ending():
    affixes = {"before": ["و", "ب"], "after": ["ه"], "min_stem": 3, "script": "arabic"}
    phrases = {"attack": ["تل عبطة"], "killed": ["لم يصب"]}
    assert found("بتل عبطة", phrases, **affixes) == [("attack", "بتل عبطة")]
    assert found("ولم يصب", phrases, **affixes) == [("killed", "ولم يصب")]
    assert found("تله عبطة", phrases, **affixes) == []


def test_a_short_word_that_stands_alone_or_must_not_change_takes_none():
    affixes = {"before": ["و", "ب"], "after": [], "min_stem": 3, "script": "arabic"}
    assert found("بتل", {"attack": ["تل"]}, **affixes) == []
    assert found("بتل عبطة", {"attack": ["=تل عبطة"]}, **affixes) == []


def test_a_day_may_stand_inside_a_phrase_and_nothing_else_may():
    days = {
        "dates": {"weekdays": {"monday": 0}, "relative": {"last night": -1}, "beside": {"before": ["on"]}}
    }
    phrases = {"attack": ["opened fire"]}
    assert found("They opened on Monday fire at us", phrases, **days) == [("attack", "opened on Monday fire")]
    assert found("They opened last night fire at us", phrases, **days) == [
        ("attack", "opened last night fire")
    ]
    assert found("They opened with glee fire at us", phrases, **days) == []
    assert found("On Monday they opened fire", phrases, **days) == [("attack", "opened fire")]


def test_a_figure_may_be_one_of_several_alternatives():
    phrases = {"attack": ["fired several|# rockets"]}
    numbers = {"numbers": {"values": {"three": 3}}}
    assert found("They fired several rockets", phrases, **numbers) == [("attack", "fired several rockets")]
    assert found("They fired 12 rockets", phrases, **numbers) == [("attack", "fired 12 rockets")]
    assert found("They fired three rockets", phrases, **numbers) == [("attack", "fired three rockets")]
    assert found("They fired old rockets", phrases, **numbers) == []


def test_a_void_phrase_takes_no_words_where_its_condition_fails():
    phrases = {
        "strike": ["strike", {"say": "strike at", "void": True, "need": ["sport"]}],
        "sport": ["match"],
    }
    assert found("A strike at noon", phrases) == [("strike", "strike")]
    assert found("A strike at the match", phrases) == [("sport", "match")]


def test_a_star_within_alternatives_holds_for_that_choice_alone():
    phrases = {"attack": ["was hit*|struck hard"]}
    for text in ("It was hit hard", "It was hitting hard", "It was struck hard"):
        assert [key for key, _ in found(text, phrases)] == ["attack"], text
    assert found("It was strucked hard", phrases) == []
    assert [key for key, _ in found("It was struckles hard", {"attack": ["was hit|struck* hard"]})] == [
        "attack"
    ]


def test_a_phrase_that_takes_the_words_of_one_that_failed_may_fail_itself():
    phrases = {
        "strike": ["struck"],
        "attack": [
            {"say": "struck the match hard", "need": ["rocket"]},
            {"say": "struck the", "need": ["killed"]},
        ],
        "rocket": ["rocket"],
        "killed": ["killed"],
    }
    assert found("He struck the match hard", phrases) == [("strike", "struck")]
    assert found("He struck the match hard and killed", phrases) == [
        ("attack", "struck the"),
        ("killed", "killed"),
    ]
