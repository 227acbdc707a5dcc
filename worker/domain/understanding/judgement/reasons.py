"""Features as reasons in plain English."""

from __future__ import annotations

from collections.abc import Mapping

from worker.domain.understanding.judgement.pairing import is_pair, pair_of
from worker.domain.understanding.judgement.wording import STEM, is_word
from worker.domain.understanding.words.meanings import Concept

_PLAIN = {
    "own.title": "the headline names Iraq",
    "own.title-abroad": "the headline names Iraq and no other country",
    "abroad.title-own": "the headline names other countries only",
    "own.both": "headline and first sentence name Iraq",
    "own.late": "Iraq is named late in the text only",
    "own.none": "nothing in it names Iraq",
    "firm.none": "no place in Iraq is named",
    "iraqi.only": "only a demonym or a party points to Iraq",
    "first.iraq": "the first place named is in Iraq",
    "first.abroad": "the first place named is in another country",
    "share": "Iraq's share among the countries named",
    "countries": "other countries are named",
    "countries.many": "many countries are listed",
    "own.title*deed": "the headline names Iraq and a deed",
    "own.title*security": "the headline names Iraq and security affairs",
    "own.title*topic": "the headline names Iraq and another topic",
    "own.title*calm": "the headline names Iraq without deed or security",
    "calm": "neither deeds nor security affairs are spoken of",
    "armed*own": "an armed party and Iraq are named",
    "iraqi.abroad": "a deed among Iraqis in another country",
    "topic.heavy": "much of it is about another topic",
    "years.war": "it is from the years of the Iraq war",
    "years.isis": "it is from the years of the war against ISIS",
    "feed.iraq": "the feed is about Iraq",
    "frames.none": "no deed is reported",
    "frame.strength": "how concretely an event is reported",
    "frame.strong": "a concrete event is reported",
    "frame.concrete": "an event with day and place is reported",
    "frame.weak": "no event is reported concretely",
    "frame.count": "number of sentences that report events",
    "frame.dated": "the event has a date",
    "frame.placed": "the event has a place in Iraq",
    "frame.toll": "dead or wounded are given",
    "frame.foreign": "the event lies in another country",
    "frame.past": "the event lies in the past",
    "frame.title": "the headline reports an event",
    "frame.lead": "the first sentence reports an event",
    "frame.quiet": "a move and no violence",
    "frame.generic": "only a general word for the deed",
    "short": "a headline without text",
    "stale.head": "headline or first sentence speak of an anniversary, a trial, a drill or a denial",
    "stale.head-clean": "they do, and no deed is told apart from it",
    "stale.head-recent": "they do, and no deed of the last days is told apart from it",
    "stale.share": "share of the deeds that are told as past, tried, warned of or planned",
    "fresh.none": "every deed is told as past, tried, warned of or planned",
    "fresh.placed": "a deed with a place is told as it is",
    "fresh.recent": "a deed of the last days is told",
    "fresh.recent-placed": "a deed of the last days with a place is told",
    "fresh.title": "the headline tells a deed as it is",
    "fresh.lead": "the first sentence tells a deed as it is",
    "fresh.old": "a deed lies more than a month back",
    "fresh.all-old": "all deeds lie more than a month back",
}
_FAMILY = {
    "place": "names places in Iraq",
    "iraq": "names Iraq",
    "iraqi": "names Iraqis",
    "abroad": "names other countries",
    "foreigner": "names other nationalities",
    "topic": "speaks of other topics",
    "deed": "speaks of a specific deed",
    "deed.general": "speaks of a deed in general words",
    "deed.quiet": "speaks of moves of forces",
    "weapon": "names weapons",
    "toll": "speaks of dead or wounded",
    "security": "speaks of security affairs",
    "stale": "speaks of the past, trials, warnings or plans",
    "posture": "speaks of how forces, states or travellers should move",
}
_WHERE = {"title": "headline", "lead": "first sentence", "rest": "text"}
_JOINT = {
    "iraq+deed": "Iraq and a deed in one sentence",
    "iraq+armed": "Iraq and an armed party in one sentence",
    "iraq+security": "Iraq and security affairs in one sentence",
    "iraq+deed-foreign": "a deed with Iraq and no other country",
    "iraq+topic": "Iraq beside another topic, no deed",
    "iraq+deed+toll": "Iraq, a deed and a toll in one sentence",
    "foreign+deed": "a deed in a sentence that names only other countries",
}


def reason(name: str, share: float, concepts: Mapping[str, Concept]) -> str:
    """A feature's part in the decision as a plain sentence."""
    side = "for" if share > 0 else "against"
    head, _, tail = name.partition(".")
    if name in _PLAIN:
        text = _PLAIN[name]
    elif is_word(name):
        text = f"the word “{tail}{'…' if len(tail) == STEM else ''}”"
    elif is_pair(name):
        one, other, zone = pair_of(name)
        text = f"{_WHERE[zone]} has {_says(one, concepts)} beside {_says(other, concepts)}"
    elif head in _JOINT:
        text = _JOINT[head] + (f" ({_WHERE[tail]})" if tail in _WHERE else "")
    elif head == "type":
        text = f"type of event: {tail}"
    elif head == "frame":
        text = f"beside the event: {concepts[tail].says}" if tail in concepts else tail
    elif tail.rpartition(".")[2] in _WHERE or tail in _WHERE:
        what, _, zone = name.rpartition(".")
        told = (
            f"speaks of {what.partition('.')[2].replace('_', ' ')}"
            if what.startswith(("party.", "affairs.", "topic."))
            else _FAMILY.get(what, what)
        )
        text = f"{_WHERE[zone]} {told}"
    elif tail.startswith("actor."):
        text = f"{'headline' if head == 't' else 'text'} names {tail[6:].replace('_', ' ')}"
    else:
        text = f"{'headline' if head == 't' else 'text'} speaks of {concepts[tail].says if tail in concepts else tail}"
    return f"{side} ({share:+.1f}): {text}"


def _says(thing: str, concepts: Mapping[str, Concept]) -> str:
    """One side of a pair in plain English."""
    return concepts[thing].says if thing in concepts else thing.replace("_", " ")
