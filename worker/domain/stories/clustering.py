"""Which story a report belongs to, over candidates that an index has found; pure, with its reason.

Two stories that one report shows to be the same are merged, and a story whose reports contradict each
other falls apart: both are decided over the reports themselves and not over the order they came in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from worker.domain.stories.evidence import Likeness, because
from worker.domain.stories.scores import Scores
from worker.domain.stories.trace import Trace

MERGE_LIMIT = 0.05
"""Mean likeness across two stories from which they are one."""


NEAREST_SHARE = 0.25
"""How much the best-fitting report counts beside the mean of all: one alone lets a topic run on and on."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The story chosen for a report: None asks for a new one."""

    story: int | None
    score: float
    why: str
    copy_of: int = 0
    rivals: tuple[int, ...] = ()
    """Other stories that this report would fit as well; they may turn out to be the same."""


def choose(
    trace: Trace,
    candidates: Mapping[int, Sequence[Trace]],
    scores: Scores,
    pinned: Collection[int] = (),
) -> Choice:
    """Choose among stories, each given by some of its reports.

    A story counts by its best-fitting report, tempered by how the rest fit; where half of its reports
    contradict this one it is out of the question. In a `pinned` story, where a person has put together
    what the machine would not, the best-fitting report alone decides.
    """
    ranked: list[tuple[float, int, Likeness, Trace]] = []
    for story, members in candidates.items():
        found = [(scores(trace, member), member) for member in members if member.item_id != trace.item_id]
        if not found:
            continue
        best, nearest = max(found, key=lambda pair: (pair[0].copy, pair[0].score, -pair[1].item_id))
        if not best.same:
            continue
        conflicts = sum(likeness.conflict for likeness, _ in found)
        if not best.copy and story not in pinned and 2 * conflicts >= len(found):
            continue
        mean = sum(likeness.score for likeness, _ in found) / len(found)
        share = 1.0 if best.copy or story in pinned else NEAREST_SHARE
        strength = share * best.score + (1.0 - share) * mean
        if strength < -0.02:
            continue
        ranked.append((strength + (1.0 if best.copy else 0.0), story, best, nearest))
    if not ranked:
        return Choice(None, 0.0, "no report like it so far")
    ranked.sort(key=lambda r: (-r[0], r[1]))
    _, story, best, nearest = ranked[0]
    return Choice(
        story=story,
        score=round(best.score, 3),
        why=f"{best.why} as in {nearest.source or 'another report'}'s report {nearest.item_id}",
        copy_of=nearest.item_id if best.copy else 0,
        rivals=tuple(r[1] for r in ranked[1:3]),
    )


def one_story(left: Sequence[Trace], right: Sequence[Trace], scores: Scores) -> Likeness:
    """Judge whether two stories are one, by their reports across; conflicts weigh against."""
    pairs = [scores(a, b) for a in left[:8] for b in right[:8] if a.item_id != b.item_id]
    if not pairs:
        return because(-1.0, "nothing to compare")
    conflicts = sum(p.conflict for p in pairs)
    mean = sum(p.score for p in pairs) / len(pairs)
    best = max(pairs, key=lambda p: p.score)
    if any(p.copy for p in pairs) and not conflicts:
        return Likeness(max(mean, MERGE_LIMIT), best.reasons, copy=True)
    if 3 * conflicts >= len(pairs) or mean < MERGE_LIMIT:
        return because(-0.5, "{} of {} comparisons contradict, mean {:.2f}", conflicts, len(pairs), mean)
    return Likeness(mean, best.reasons)


def in_conflict(trace: Trace, members: Sequence[Trace], scores: Scores) -> bool:
    """Whether any report of the story contradicts this one."""
    return any(scores(trace, m).conflict for m in members if m.item_id != trace.item_id)


def parts(members: Sequence[Trace], scores: Scores) -> list[list[Trace]]:
    """Divide reports into the events they tell of: average linkage, conflicts never joined.

    Returns one part where there is nothing to divide; the largest part comes first. Pinned reports stay
    with the largest.
    """
    groups = [[t] for t in sorted(members, key=lambda t: (t.at, t.item_id))]
    while len(groups) > 1:
        best, pair = 0.0, None
        for i, left in enumerate(groups):
            for j in range(i + 1, len(groups)):
                found = [scores(a, b) for a in left for b in groups[j]]
                if any(f.conflict for f in found):
                    continue
                mean = sum(f.score for f in found) / len(found)
                if pair is None or mean > best:
                    best, pair = mean, (i, j)
        # What does not conflict stays together unless it is clearly unlike: a story is split for cause.
        if pair is None or best < -0.15:
            break
        groups[pair[0]] += groups.pop(pair[1])
    groups.sort(key=lambda g: (-len(g), g[0].at, g[0].item_id))
    strays = [t for g in groups[1:] for t in g if t.pinned]
    rest = [[t for t in g if not t.pinned] for g in groups[1:]]
    return [groups[0] + strays, *(g for g in rest if g)]
