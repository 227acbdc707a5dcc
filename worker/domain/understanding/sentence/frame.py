"""A sentence's deed as a frame: its type, who, whom, with what, where, when, how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from worker.domain.understanding.counting.tolls import Toll
from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.where.places import (
    Located,
)
from worker.domain.understanding.words.lexicon import Lexicon
from worker.domain.understanding.words.reading import Hit, Reading, Row
from worker.domain.understanding.words.tongue import Tongue

CLASH, ATTACK, AIR, SHELLING, BOMB, DISRUPTED = (
    "Armed clash",
    "Attack",
    "Air/drone strike",
    "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED",
    "Disrupted weapons use",
)
METONYMS = ("US", "TR", "IR", "IL", "GB", "FR")
"""Countries that reports name as doers in Iraq, so that their name alone does not place a deed there."""


@dataclass(frozen=True, slots=True)
class Counted:
    """So many attacks, and where the sentence says that they happened."""

    value: int
    first: int
    last: int
    place: Hit | None = None
    lands: frozenset[str] = frozenset()
    """The countries that the count is told of."""

    @property
    def own(self) -> bool:
        """Whether the count is told of Iraq alone."""
        return self.lands == {"IQ"}


@dataclass(slots=True, eq=False)
class Frame:
    """What one sentence reports; `events` merges frames."""

    sentence: int
    type: str
    rank: int
    trigger: Hit
    triggers: list[Hit]
    place: Located | None = None
    landmark: Located | None = None
    passed: frozenset[str] = frozenset()
    """Places that the sentence names only as neighbours or landmarks of its deed."""
    others: tuple[Located, ...] = ()
    """Further places of the same deed: drones hit A and B."""
    day: date | None = None
    day_precision: int | None = None
    dated: Dated | None = None
    actors: dict[str, Hit] = field(default_factory=dict)
    suspected: set[str] = field(default_factory=set)
    claimed: set[str] = field(default_factory=set)
    targets: dict[str, Hit] = field(default_factory=dict)
    weapons: dict[str, Hit] = field(default_factory=dict)
    tolls: list[Toll] = field(default_factory=list)
    count: int | None = None
    count_at: tuple[int, int] | None = None
    own_count: bool = False
    """The count is told of Iraq alone, and of no other country with it."""
    counts: Sequence[Counted] = ()
    share: bool = False
    """One place's part of a sentence that counts place by place."""
    series: bool = False
    """A further sentence that counts the deeds of weeks or months."""
    idle: bool = False
    """Tells what others do about a deed that is known: counts for the decision, makes no event."""
    stale: bool = False
    """Tells of a deed that is old, an accident or a month's sum; the headline above it is no event either."""
    signs: set[str] = field(default_factory=set)
    foreign: bool = False
    iraq: bool = False
    named: bool = False
    """Iraq or a place in it is named, not Iraqis alone."""
    past: bool = False
    future: bool = False
    generic: bool = False
    quiet: bool = False
    foiled: bool = False
    strength: float = 0.0
    support: bool = False
    """A sentence without a deed of its own that adds a toll, a claim or a place to the deed before."""
    title: bool = False
    lead: bool = False
    hits: Row = field(default_factory=Row)
    """The words of its sentence or clause that stand for something."""
    fallen: frozenset[int] = frozenset()
    """Where the parties stand whose people a toll counts."""
    announced: tuple[tuple[int, int], ...] = ()
    """The words that only tell who reported and when."""
    entry: int = 0
    """Which line of a round-up's list it is of, -1 above the list; 0 where the text has no list."""


def told(frame: Frame) -> bool:
    """Whether a deed is told as one that happened now."""
    return not (frame.idle or frame.past or frame.foreign or frame.future or frame.support)


@dataclass(frozen=True, slots=True)
class Scene:
    """What frames of one text share."""

    reading: Reading
    tongue: Tongue
    lexicon: Lexicon
    published: datetime | None
    iraqi: bool
    """The text as a whole is about Iraq."""

    @property
    def lead(self) -> int:
        """The first sentence below the headline; the second where that is a dateline's town or too short to tell anything."""
        first = self.reading.title
        return first + (first + 1 < len(self.reading.sentences) and _tells_nothing(self.reading, first))


def _tells_nothing(reading: Reading, sentence: int) -> bool:
    """Whether a sentence of few words holds no deed, no figure of dead and no word for arms: "Kirkuk.", "They were gathering scrap."."""
    begin, end = reading.sentences[sentence]
    hits = reading.of(sentence)
    return end - begin <= _FEW_WORDS and not hits.deeds and hits.groups.keys().isdisjoint({"toll", "weapon"})


_FEW_WORDS = 6
