"""The analyser: a document in, an analysis with reasons out. Pure, and the only door to this room.

Reading (what the words stand for) → frames (one a sentence) → features → relevance and kind by two small
linear models → events, terms, gist.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from worker.domain.model import Analysis, Document, Event, Kind, Match
from worker.domain.understanding.assembly.draft import WEAK, Draft
from worker.domain.understanding.assembly.drafts import drafts
from worker.domain.understanding.assembly.entries import mark_entries
from worker.domain.understanding.assembly.events import build
from worker.domain.understanding.assembly.onward import (
    mark_shares,
    onward,
    take_arms,
    take_latest,
    take_there,
    take_turns,
    take_up,
)
from worker.domain.understanding.assembly.totals import share_last_day
from worker.domain.understanding.assembly.unplaced import place_last
from worker.domain.understanding.gist import gist
from worker.domain.understanding.judgement.barely import told_barely
from worker.domain.understanding.judgement.certain import (
    all_old,
    labelled_as_comment,
    none_of_ours,
    ours,
    untold_in_headline,
)
from worker.domain.understanding.judgement.corrections import kinds_changed, parties_changed, terms_changed
from worker.domain.understanding.judgement.model import Features, load_linear
from worker.domain.understanding.judgement.odds import FULL, chances, load_odds, of_text
from worker.domain.understanding.judgement.parties import with_parties
from worker.domain.understanding.judgement.plainly import (
    attack_in_headline,
    blast_killed,
    blast_told,
    captors_spoke,
    clans_fought,
    counts_attacks,
    done_plainly,
    found_plainly,
    gathered_plainly,
    hurt,
    moved_plainly,
    rioted,
    set_upon_plainly,
    struck_from_afar,
    told_plainly,
    told_within,
)
from worker.domain.understanding.judgement.reasons import reason
from worker.domain.understanding.judgement.relevance import features
from worker.domain.understanding.judgement.terms import terms_of
from worker.domain.understanding.judgement.unreal import explained, only_staged
from worker.domain.understanding.judgement.weighing import weighed
from worker.domain.understanding.sentence.frame import Frame, Scene, told
from worker.domain.understanding.sentence.frames import frames_of
from worker.domain.understanding.sentence.stale import fell_by_accident, same_old_story
from worker.domain.understanding.sentence.stocks import with_stocks
from worker.domain.understanding.sentence.strength import goes_on, leave_abroad
from worker.domain.understanding.sentence.supports import support_of, take_headline_count
from worker.domain.understanding.when.openings import share_opening_day
from worker.domain.understanding.when.sequels import date_alone, date_last
from worker.domain.understanding.where.bystanders import without_bystanders
from worker.domain.understanding.where.iraq import (
    about_iraq,
    headed_abroad,
    may_name_iraq,
    names_iraq,
    only_iraqis_abroad,
    without_borrowed,
    without_doubtful,
)
from worker.domain.understanding.who.emblems import without_emblems
from worker.domain.understanding.who.roles import assign
from worker.domain.understanding.words.lexicon import Lexicon
from worker.domain.understanding.words.matcher import read, read_if
from worker.domain.understanding.words.reading import Reading, openings

_SHOWN = frozenset({"grammar", "topic"})
"""Groups whose matches are not shown: they are no concept that a reader looks for."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What was worked out before the models decide; training needs it too."""

    reading: Reading
    scene: Scene
    frames: Sequence[Frame]
    features: Features
    concepts: Features
    """What its words stand for: what the odds are asked with."""


HINTS = 0.6
"""Weight of signs from which on a text is set in Iraq unless a sentence says otherwise."""
FRESH = 0.55
"""From this probability on a relevant text reports an incident; cross-validated, it errs least here."""
DISMISSED = 0.2
"""What is left of the probability where it is certain that a text is none of Marsad's business."""


class Analyser:
    """Analyses documents with one lexicon and one pair of models; holds no state between documents."""

    def __init__(self, lexicon: Lexicon, models: Mapping[str, Any]) -> None:
        """Take the compiled lexicon and the JSON of `relevance_model.json`."""
        self.lexicon = lexicon
        self.relevance = load_linear(models.get("relevant") or {})
        self.incident = load_linear(models.get("incident") or {})
        self.odds = load_odds(models.get("odds") or {})

    @property
    def version(self) -> str:
        """Lexicon version, stored with every analysis."""
        return self.lexicon.version

    def analyse(self, document: Document) -> Analysis:
        """Relevance, kind, terms, matches, events, gist and reasons of one document.

        A language without a file is read as English; an empty text is judged not relevant.
        """
        tongue = self.lexicon.tongues.get(document.language) or self.lexicon.tongues["en"]
        if document.feed_scope == "iraq":
            return self._judge(self.understand(document, read(document.text, tongue)))
        reading = read_if(document.text, tongue, may_name_iraq)
        if reading is None or not names_iraq(reading):
            return Analysis(
                relevant=False,
                score=0.01,
                kind=Kind.OTHER,
                reasons=("nothing in it names Iraq, a place in it or an armed party of it",),
                lexicon_version=self.lexicon.version,
            )
        return self._judge(self.understand(document, reading))

    def understand(self, document: Document, reading: Reading | None = None) -> Understood:
        """Everything up to the features."""
        tongue = self.lexicon.tongues.get(document.language) or self.lexicon.tongues["en"]
        reading = reading or read(document.text, tongue)
        if document.feed_scope != "iraq":
            sure = without_doubtful(reading, without_borrowed(reading.hits))
            if len(sure) < len(reading.hits):
                reading.settle(sure)
        without_emblems(reading)
        without_bystanders(reading, tongue)
        with_stocks(reading, tongue, self.lexicon.concepts["arms_cache"])
        own = sum(h.iraq for h in reading.hits)
        scene = Scene(
            reading,
            tongue,
            self.lexicon,
            document.published,
            iraqi=own >= HINTS or document.feed_scope == "iraq" or about_iraq(reading),
        )
        frames: list[Frame] = []
        for index in range(len(reading.sentences)):
            made = frames_of(scene, index)
            if frames and made:
                take_up(scene, frames[-1], made)
            elif frames and not (made := onward(scene, index, frames[-1])):
                support = support_of(scene, index, _told_last(frames))
                made = [support] if support is not None else []
            take_turns(scene, frames, made)
            take_latest(frames, made)
            take_there(scene, frames, made)
            for frame in made:
                strange = bool(frames) and frames[0].title and frames[0].foreign
                if strange and (not frame.named or goes_on(frames[0], frame)):
                    leave_abroad(frame)
                if frames and frame.lead and same_old_story(frames[0], frame):
                    frames[0].past = frame.past = True
                frames.append(frame)
        if frames and fell_by_accident(reading, frames[0]):
            frames[0].stale = frames[0].idle = True
        take_arms(scene, frames)
        take_headline_count(scene, frames)
        explained(reading, frames)
        lead = next((f for f in frames if f.lead and not f.support), None)
        if lead and lead.foreign and frames[0].title and not frames[0].iraq:
            leave_abroad(frames[0])  # a headline without a place speaks of what the first sentence tells
        if headed_abroad(reading):
            for frame in frames:
                leave_abroad(frame)
        share_last_day(reading, frames)
        mark_entries(scene, frames)
        share_opening_day(scene, frames)
        mark_shares(frames)
        behind = tongue.grammar.agent_behind
        nation_behind = tongue.grammar.nation_behind
        for frame in frames:
            assign(frame, frame.hits, agent_behind=behind, nation_behind=nation_behind)
        return Understood(
            reading,
            scene,
            frames,
            features(document, reading, [f for f in frames if not f.support]),
            of_text(reading.hits),
        )

    def found(self, seen: Understood) -> tuple[list[Draft], list[str]]:
        """The events that a text tells, whatever the models make of it as a whole, and what the odds changed in them."""
        found = [d for d in drafts(seen.frames) if not all(f.foreign for f in d.frames)]
        if only_iraqis_abroad(seen.reading.hits):
            found = [d for d in found if d.type != "Arrests"]  # whose police it was is not said
        likely = chances(self.odds.of(seen.concepts).types, seen.concepts)
        read_as = [(d, d.type) for d in found]
        full = len(seen.concepts) >= FULL
        found = weighed(seen.scene, seen.frames, found, likely, self.odds.types, full=full)
        date_alone(seen.scene, found)
        date_last(seen.scene, found)
        return found, kinds_changed(read_as, found, likely)

    def _judge(self, seen: Understood) -> Analysis:
        """Decide with the models and build what the decision calls for."""
        score = self.relevance.probability(seen.features)
        fresh = self.incident.probability(seen.features)
        found, changed = self.found(seen)
        if not seen.scene.iraqi:
            fresh = 0.0  # an armed party's deeds elsewhere may matter, but are no incident in Iraq
        unrest = fresh >= LIKELY and rioted(seen.reading, found, seen.scene.published)
        deadly = score >= CONCEIVABLE and (unrest or blast_killed(seen.reading, found, seen.scene.published))
        if score < 0.5 and (deadly or _surely(seen, score)):
            score = 0.5
        relevant = score >= 0.5
        sure = ""
        if relevant and (sure := none_of_ours(seen.reading, seen.frames)):
            relevant, score = False, min(score, DISMISSED)
        kind = Kind.OTHER
        if relevant:
            comment = (
                labelled_as_comment(seen.reading, seen.frames)
                or untold_in_headline(seen.reading, seen.frames)
                or all_old(seen.frames)
                or only_staged(seen.reading, seen.frames)
            )
            plain = (
                told_plainly(seen.reading, seen.frames)
                or told_within(found, seen.scene.published)
                or counts_attacks(seen.frames)
                or captors_spoke(seen.reading, seen.frames)
                or done_plainly(seen.reading, seen.frames)
                or found_plainly(seen.reading, seen.frames, dated=True)
                or set_upon_plainly(seen.reading, seen.frames)
                or gathered_plainly(seen.reading, seen.frames)
                or moved_plainly(seen.reading, found, seen.scene.published)
                or clans_fought(seen.reading, seen.frames)
                or unrest
            )
            if FRESH > fresh > 0 and plain:
                fresh = FRESH
            kind = Kind.INCIDENT if fresh >= FRESH and found and not comment else Kind.CONTEXT
        events: tuple[Event, ...] = ()
        if kind is Kind.INCIDENT:
            place_last(seen.scene, found)
            plain_events = [build(seen.scene, d, fresh) for d in found]
            events = self._with_parties(seen, plain_events, found)
            changed += [
                c for old, new in zip(plain_events, events, strict=True) for c in parties_changed(old, new)
            ]
        terms, left_out = self._terms(seen, events) if relevant else ((), [])
        return Analysis(
            relevant=relevant,
            score=round(score, 4),
            kind=kind,
            terms=terms,
            matches=_matches(seen.reading),
            events=events,
            gist=gist(events[0]) if events else "",
            reasons=(
                *((f"certain: {sure}",) if sure else ()),
                *self._reasons(seen, kind),
                *(changed if kind is Kind.INCIDENT else ()),
                *left_out,
            ),
            lexicon_version=self.lexicon.version,
        )

    def _with_parties(
        self, seen: Understood, events: Sequence[Event], found: Sequence[Draft]
    ) -> tuple[Event, ...]:
        """The events with parties, targets and arms as the odds correct them."""
        odds, several = self.odds.of(seen.concepts), len(found) > 1
        return tuple(
            with_parties(seen.reading, event, draft, seen.concepts, odds, several=several)
            for event, draft in zip(events, found, strict=True)
        )

    def _terms(self, seen: Understood, events: Sequence[Event]) -> tuple[tuple[str, ...], list[str]]:
        """The watch terms that the text speaks of; those that its words together make next to impossible are left out and told."""
        owned = seen.scene.tongue.grammar.script == "arabic"
        terms = terms_of(seen.reading, seen.frames, events, owned=owned)
        likely = chances(self.odds.of(seen.concepts).terms, seen.concepts)
        kept = tuple(t for t in terms if likely.get(t, 1.0) >= UNSAID)
        return kept, terms_changed(terms, kept, likely)

    def _reasons(self, seen: Understood, kind: Kind) -> tuple[str, ...]:
        """The strongest features of the decision that was taken."""
        concepts = self.lexicon.concepts
        said = [reason(n, s, concepts) for n, s in self.relevance.strongest(seen.features)]
        if kind is not Kind.OTHER:
            said += [f"event: {reason(n, s, concepts)}" for n, s in self.incident.strongest(seen.features, 4)]
        return tuple(said)


def _told_last(frames: Sequence[Frame]) -> Frame:
    """The deed told last, whose toll a sentence can add: who is stationed there is by the way.

    So is what "one of them hit", which names nobody, no place and no day: too little for a deed of its own.
    """
    return next((f for f in reversed(frames) if not (f.quiet or _says_little(f))), frames[-1])


def _says_little(frame: Frame) -> bool:
    """Whether a general deed comes with nothing of its own and with nothing that makes it an old one."""
    if not frame.generic or frame.support or frame.title or frame.lead or frame.strength >= WEAK:
        return False
    own = frame.place or frame.day or frame.tolls or frame.actors or frame.targets
    return not (own or frame.past or frame.foreign) and frame.signs <= _BY_THE_WAY


_BY_THE_WAY = frozenset({"including", "said", "attacks_counted"})


def _matches(reading: Reading) -> tuple[Match, ...]:
    """The words of the text that stand for something a reader looks for."""
    source = reading.folded.source
    found: list[Match] = []
    for hit in reading.hits:
        if hit.group in _SHOWN:
            continue
        start, end = reading.span(hit.start, hit.end)
        found.append(Match(hit.key, source[start:end], start, end))
    return tuple(found)


def _of_another_topic(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether headline or first sentence opens another topic than fires, and nobody is told to have been hurt."""
    if any(told(f) and hurt(f) for f in frames):
        return False
    return any(
        h.key != "blaze" and not any(p.first <= h.first < p.last for p in row.places)
        for row in openings(reading, 1)
        for h in row.groups.get("topic", ())
    )


UNSAID = 0.01
"""A term less likely than this was read off a word that means something else."""
LIKELY = 0.4
"""From this probability of an incident on a riot with place, day and what was burnt counts."""
CONCEIVABLE = 0.1
DOUBTED = 0.3
"""Below it the model has told a text in the words of war from one about war: matches, films, prices."""


def _surely(seen: Understood, score: float) -> bool:
    """Whether a text is Marsad's business whatever the model weighs; a blast that hurt nobody needs some of its weight, too."""
    reading, frames = seen.reading, seen.frames
    return (
        told_plainly(reading, frames, armed=True)
        or told_barely(reading, frames, at_home=seen.scene.tongue.grammar.at_home)
        or found_plainly(reading, frames)
        or gathered_plainly(reading, frames)
        or struck_from_afar(frames)
        or set_upon_plainly(reading, frames)
        or done_plainly(reading, frames)
        or (not (score < DOUBTED and _of_another_topic(reading, frames)) and blast_told(reading, frames))
        or clans_fought(reading, frames)
        or attack_in_headline(reading, frames)
        or ours(reading, frames)
    )
