"""When the deed of a frame happened: the day nearest to it that is not somebody's who spoke, or of something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from worker.domain.understanding.sentence.families import ABDUCTION
from worker.domain.understanding.sentence.frame import DISRUPTED, Frame, Scene
from worker.domain.understanding.sentence.speech import announces, day_of_new_toll
from worker.domain.understanding.sentence.stale import closes, years_back, years_before
from worker.domain.understanding.when.asides import goes_on_since, of_a_state, tells_of_before
from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.when.datewords import date_words
from worker.domain.understanding.when.finder import day_in_iraq
from worker.domain.understanding.where.datelines import date_of_line
from worker.domain.understanding.words.reading import Hit, Row

_COMMAS = frozenset(",،;؛")


def date_deed(scene: Scene, frame: Frame, dates: Sequence[Dated], hits: Row) -> None:
    """The date nearest to the deed, unless it is only when somebody spoke."""
    if frame.others and any(d.span for d in dates):
        frame.others = ()  # what was done in several places in a week is one sum
    said = hits.of("said")
    dates = [d for d in dates if not any(0 <= d.first - h.last <= 1 for h in hits.of("since"))]
    counted = [d for d in dates if d.back]
    if counted:
        dates = [d for d in dates if not d.back]
    named = [d for d in dates if d.day and not d.weak and not d.future]
    if named:
        dates = [d for d in dates if not _of_something_else(scene, d, frame, hits)]
    best: Dated | None = None
    best_cost = 1e9
    for dated in dates:
        cost = _cost(scene, frame, dated, named, hits)
        cost += _cost_of_speech(scene, frame, dated, hits, (len(dates), len(named)))
        if cost < best_cost:
            best, best_cost = dated, cost
    frame.past = any(d.past for d in dates) and (best is None or best.past or best.day is None)
    frame.future = best is not None and best.future
    if best is not None and best_cost < 60:
        if announces(best.first, frame.announced) or day_of_new_toll(scene, best, frame, said):
            best = replace(best, weak=True)  # gives way to a day that is the event's own
        if _of_a_later_death(best, hits) and ("correction" in frame.signs or _one_died(frame)):
            best = replace(best, weak=True)  # when one of the wounded died
        if of_a_state(scene.reading, scene.tongue, best, frame.trigger, hits):
            best = replace(best, weak=True)
        if best.weak and named:  # "at dawn, police said on Tuesday"
            at = best.first
            best = replace(best, day=min(named, key=lambda d: abs(d.first - at)).day)
        frame.dated = best
        if best.precision == 1 and not best.span and not best.future:
            frame.day, frame.day_precision = best.day, 1
    if counted:
        _count_back(scene, frame, counted, named)
    if "period" in hits.keys and "attacks_counted" in hits.keys and frame.dated and said:
        _leave_to_speaker(frame, said, hits.of("period"))
    told = frame.dated
    if (told is None or told.last <= frame.trigger.first) and years_back(frame.trigger, hits):
        frame.past = True
    if years_before(frame.trigger, hits, scene.reading) and not (told and told.first >= frame.trigger.first):
        frame.past, frame.day = True, None


def _leave_to_speaker(frame: Frame, said: Sequence[Hit], periods: Sequence[Hit]) -> None:
    """Of attacks that are counted over a period a day beside a word of saying is the speaker's."""
    dated = frame.dated
    if dated is None:
        return
    if any(p.first <= dated.first < p.last for p in periods):
        frame.day = frame.day_precision = None  # "seven attacks since Monday"
        return
    if any(0 <= h.first - dated.last <= 1 or 0 <= dated.first - h.last <= 1 for h in said):
        frame.dated, frame.day, frame.day_precision = None, None, None


_DEED_BEHIND = 6
"""Words between "three days after" and the deed: "three days after Daesh launched"."""


def _count_back(scene: Scene, frame: Frame, counted: Sequence[Dated], named: Sequence[Dated]) -> None:
    """Date a deed by the day of the sentence that tells what came after it, or by that of the report."""
    if any(0 <= d.first - frame.trigger.last <= 2 for d in named):
        return  # "five days after the shelling in the night to Thursday"
    for dated in counted:
        if not 0 <= frame.trigger.first - dated.last <= _DEED_BEHIND:
            continue
        days = [d.day for d in named if d.day and d.precision == 1 and not d.span]
        today = days[0] if days else scene.published and day_in_iraq(scene.published)
        if today:
            frame.day, frame.day_precision = today - timedelta(days=dated.back), 1
            frame.dated, frame.past, frame.future = replace(dated, day=frame.day), False, False


def _cost(scene: Scene, frame: Frame, dated: Dated, named: Sequence[Dated], hits: Row) -> float:
    """How far a date is from a deed, and what makes it another thing's; `named` are the sentence's sure days."""
    deed, several = frame.trigger, len(named) > 1
    if deed.key == "abduction" and frame.type != ABDUCTION:
        deed = next(iter(hits.of("found_bodies")), deed)  # the seizure came before, on a day of its own
    cost = float(_apart(dated, deed))
    if dated.precision > 1 and not (dated.span or (dated.past and dated.last - dated.first > 1)):
        cost += 10
    cost += 30 * (
        (frame.lead or frame.sentence == scene.lead)
        and several
        and date_of_line(dated.first, dated.last, scene.reading)
    )
    cost += 15 * (several and frame.trigger.last <= dated.first < deed.first)
    cost += 30 * (dated.weak and any(abs(d.first - dated.last) > 5 for d in named))
    cost -= 6 * (dated.past and closes(dated, frame.trigger, _deeds(hits)))
    cost += 15 * (several and tells_of_before(scene.reading, dated, frame.trigger, named, hits))
    cost += 30 * (several and goes_on_since(scene.reading, scene.tongue, dated, frame.trigger, hits))
    cost += 15 * (several and _of_a_later_death(dated, hits))
    # Where the verb ends its clause, a comma behind it begins another one.
    cost += 6 * (scene.tongue.grammar.verb_final and _behind_comma(scene, frame.trigger, dated))
    return cost


def _cost_of_speech(scene: Scene, frame: Frame, dated: Dated, hits: Row, counts: tuple[int, int]) -> float:
    """What a date costs for being when somebody spoke, 60 where that rules it out; `counts`: all dates, and sure days."""
    said, opened = hits.of("said"), hits.of("that")
    speech = min(
        (
            dated.first - h.last
            for h in said
            if dated.first >= h.last
            and ":" not in scene.reading.between(h.last - 1)
            and not _begins_clause(scene, h, dated)
            and not any(h.last <= t.first < dated.first for t in opened)
        ),
        default=99,
    )
    told_late = (
        speech <= 1
        and _apart(dated, frame.trigger) > 3
        and frame.type not in _DECLARED
        and scene.tongue.grammar.number_side != "before"
    )
    if told_late or _made_known(scene, dated, frame, said, speech):
        return 60
    if counts[0] > 1 and any(
        0 <= dated.first - h.last <= 6 and not any(h.last <= d < dated.first for d in _deeds(hits))
        for h in said
    ):
        return 15  # "a source said on Wednesday that ... the day before"
    return 15 * (counts[1] > 1 and _when_said(scene, dated, frame, said))


def _begins_clause(scene: Scene, said: Hit, dated: Dated) -> bool:
    """Whether a comma parts a day from the verb of saying, and none stands behind it: "sagte, am Montag seien"."""
    between = scene.reading.between
    return "," in between(said.last - 1) and "," not in between(dated.last - 1)


def _of_a_later_death(dated: Dated, hits: Row) -> bool:
    """Whether a day is the one on which somebody wounded before died: "died of his wounds on Friday"."""
    return any(
        max(dated.first - h.last, h.first - dated.last) <= _DYING
        and not any(min(dated.first, h.first) < d < max(dated.first, h.first) for d in _deeds(hits))
        for h in hits.of("died_later")
    )


def _one_died(frame: Frame) -> bool:
    """Whether a sentence tells of no more than one dead."""
    return all(t.value <= 1 for t in frame.tolls if t.kind == "killed")


_DYING = 4
"""Words between a day and "of his wounds"."""


def _deeds(hits: Row) -> list[int]:
    """Where the words that tell deeds begin."""
    return [h.first for h in hits.groups.get("act", ())]


def _apart(dated: Dated, deed: Hit) -> int:
    """How many words lie between a date and a deed."""
    return min(abs(dated.first - deed.last), abs(deed.first - dated.last))


_DECLARED = frozenset({"Agreement", "Change to group/activity"})
"""What is done by saying it: "announced on Tuesday evening that it suspends its attacks"."""
MADE_KNOWN = frozenset({"Arrests", DISRUPTED})
"""What is often made known days later: "announced on Tuesday the arrest of" tells no day of the arrest."""


def _made_known(scene: Scene, dated: Dated, frame: Frame, said: Sequence[Hit], speech: int) -> bool:
    """Whether a day is only when an arrest or a find was told of."""
    if frame.type not in MADE_KNOWN or frame.title or dated.last > frame.trigger.first:
        return False
    told = speech <= 1 and not scene.tongue.grammar.verb_final
    return told or _when_said(scene, dated, frame, said)


def _when_said(scene: Scene, dated: Dated, frame: Frame, said: Sequence[Hit]) -> bool:
    """Whether a day stands right before a verb of saying that ends its clause: Sorani *ئەمشەو ڕایگەیاند*."""
    if dated.first >= frame.trigger.first:
        return False
    if not scene.tongue.grammar.verb_final:
        # "as the ministry said on Tuesday, ...": German puts the verb behind the day
        reading = scene.reading
        return any(h.first == dated.last and "," in reading.between(h.last - 1) for h in said)
    return any(0 <= h.first - dated.last <= 1 for h in said)


def _of_something_else(scene: Scene, dated: Dated, frame: Frame, hits: Row) -> bool:
    """Whether a bare year only dates another thing than the deed: "the 2019 protests", "the war of 1980"."""
    if dated.precision < 3 or not dated.past or dated.last - dated.first > 2:
        return False
    if dated.last - dated.first > 1 and (
        scene.reading.word(dated.first) not in date_words(scene.tongue).year_nouns
    ):
        return False
    things = [h for h in hits if h.group not in _NO_THINGS]
    beside = [h for h in things if h.first == dated.last or h.last == dated.first]
    beside = beside or [h for h in things if 0 <= dated.first - h.last <= 2]
    if not beside:
        return False
    if all(h.last <= frame.trigger.first or frame.trigger.last <= h.first for h in beside):
        return True
    # Of two deeds the year dates the one beside it; what is commemorated or tried is told with its year.
    others = [a for a in frame.triggers if all(a.last <= h.first or h.last <= a.first for h in beside)]
    return bool(others) and _RECALLED.isdisjoint(frame.signs)


_RECALLED = frozenset({"anniversary", "trial", "background", "condemn", "investigation", "analysis"})
_NO_THINGS = frozenset({"grammar", "geo", "actor"})


def _behind_comma(scene: Scene, trigger: Hit, dated: Dated) -> bool:
    """Whether a date stands behind the deed and a comma."""
    row = range(trigger.last - 1, dated.first)
    return dated.first >= trigger.last and any(set(scene.reading.between(i)) & _COMMAS for i in row)
