"""Which story may lead, and in what order they are tried: an entity or a theme, heard widely or moved to the front.

A bare metric never leads; what led in the last seven days only leads again when it moved (docs/newsworthiness.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from domain.issue import Worth
from domain.items import ItemKey, Source
from domain.items import Kind as ItemKind
from domain.readings import Metric
from newsroom.desk import Desk
from newsroom.identity import Voice, model_names
from newsroom.insights.echo import listed_today
from newsroom.insights.insight import Insight, Kind
from newsroom.insights.word_lists import common_words
from newsroom.lists import REACH
from newsroom.number_words import CARDINAL_VALUES
from newsroom.selection.clusters import Bond, Cluster, clusters, tale
from newsroom.selection.memory import LEAD, LEAD_HINT, LEAD_KIND
from newsroom.selection.score import has_moved, of_story, worth
from newsroom.selection.voices import voices

#: What makes a lead beyond its newsworthiness, by the value of the kind; what is not here cannot lead: a bare count
#: of a page is no story. A change at the top leads; a fall is background.
WEIGHTS = {
    "first_place": 1.1,
    "family": 1.3,
    "co_movement": 1.2,
    "theme": 1.2,
    "new_entry": 1.0,
    "talk": 1.3,
    "argument": 1.1,
    "echo": 0.9,
    "upvotes": 0.6,
    "mark": 0.45,
    "climb": 0.7,
    "gain": 0.7,
    "today": 0.7,
    "back": 0.7,
    "held_first": 0.6,
    "publisher": 0.4,
    "growth": 0.35,
}

#: Kinds that are news when nobody on the list has more, and less so otherwise.
OF_EXTREMES = frozenset({Kind.GAIN, Kind.TODAY, Kind.CLIMB, Kind.TALK, Kind.UPVOTES})
NOT_THE_MOST = 0.7

#: Kinds that make a story by themselves: a first place, a mark, a name in many places, a word in many mouths.
BY_THEMSELVES = frozenset({"first_place", "mark", "family"})

#: A name in several kinds of source is a story from so many entries on, or where one of them is a loud thread.
OF_MANY_VOICES = frozenset({"co_movement", "theme"})
MANY = 6

#: A thread with fewer points was hardly heard; a list with less reach has no first place that is news.
HEARD = 50
WIDE = 0.7

#: A thread of so many points is loud.
LOUD = 200

#: A metric of one thing: that others say its name makes it no story; only the same thing on another site does.
BARE = frozenset({"gain", "today", "growth", "held_first", "back", "climb", "new_entry"})

#: A name in as many places as before, or in fewer, does not lead.
UNMOVED = frozenset({"same", "shrunk"})

#: Talk is news by itself from this place on, by points or by comments; so is a newcomer of a list, and a paper by its
#: upvotes. A gain in likes or stars alone is a bare metric.
HIGH = 3
TALKED = {"talk": Metric.POINTS, "argument": Metric.COMMENTS, "upvotes": Metric.UPVOTES}

#: More can be told of a story with more tales: this much for each beyond the first, up to so many.
RICHNESS = 0.12
MOST_TALES = 5

#: What led leads again on the third day at the earliest, at so much of its weight.
SOONEST_AGAIN = 3
AGAIN = 0.6

#: The novelty of what other sections told in the last days; to lead is something else.
TOLD_BELOW = 0.6

#: What is left of the weight of a lead whose sort led so many days ago; of one that shares an owner or a title's name.
VARIETY = {1: 0.55, 2: 0.7, 3: 0.8, 4: 0.9}
SAME_HINT = {1: 0.4, 2: 0.5, 3: 0.6, 4: 0.7, 5: 0.8, 6: 0.9}


#: Things with an account in their names.
OWNED = frozenset({ItemKind.MODEL, ItemKind.DATASET, ItemKind.SPACE, ItemKind.REPOSITORY})

#: A title with more than this share of its words large writes all of them so.
MOST_LARGE = 0.6

#: What stands before the second half of a title: "DSpark: Speculative decoding".
_BEFORE_A_HEAD = re.compile(r"[:?!–—|]\s*$|[.]\s+$")

#: A capital or a figure inside a word.
_INSIDE = re.compile(r"[a-z][A-Z]|[A-Z]{2}|[A-Za-z]-?\d")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story that could lead: its facts, the one that is told first, and what it is worth.

    ``names`` are what it is remembered by; ``hints`` are weaker likenesses (an owner, a name in its title).
    ``led`` is how many days ago one of its names led. ``strong``: it is heard widely or moved to the front.
    """

    cluster: Cluster
    core: Insight
    worth: Worth
    names: frozenset[str]
    hints: frozenset[str]
    led: int | None
    strong: bool

    @property
    def sort(self) -> str:
        """The kind of a lead and where it comes from; all talk is of one kind."""
        return f"{min(tale(self.core.kind))}@{self.core.source}"

    @property
    def weight(self) -> float:
        """What it is worth as a lead; less where it led in the last days."""
        return self.worth.score * (AGAIN if self.led is not None else 1.0)

    @property
    def has_news(self) -> bool:
        """Whether it moved, grew or crossed a mark since it led."""
        return has_moved(self.core)


def candidates(desk: Desk, insights: Sequence[Insight], sayable: Callable[[Insight], bool]) -> tuple[Candidate, ...]:
    """The stories that could lead, in the order in which they are to be tried.

    Strong ones come first. What led in the last seven days is open only where it has moved since, not before the
    third day, and weighs less.
    """
    found = []
    for cluster in _apart(clusters(desk, insights)):
        spoken = _own_voices(desk, cluster) | _named_by(desk, cluster, insights)
        cores = [fact for fact in cluster.facts if fact.kind in WEIGHTS and fact.items and sayable(fact)]
        if cluster.bond is not Bond.ENTITY:
            cores = [fact for fact in cores if fact is cluster.facts[0] and _holds_many(fact)]
        if cores:
            found.append(_candidate(desk, cluster, cores, spoken, insights))
    open_to_lead = [each for each in found if each.led is None or (each.led >= SOONEST_AGAIN and each.has_news)]
    return tuple(sorted(open_to_lead, key=lambda each: (not each.strong, -each.weight, each.core.key)))


def _holds_many(fact: Insight) -> bool:
    """Whether a name or a theme leads: in more places than before, and a name, no word of the language."""
    noun = "".join(run.text for run in fact.slots.get("noun", ()))
    return fact.variant not in UNMOVED and noun != "word"


def _apart(found: Sequence[Cluster]) -> Iterator[Cluster]:
    """The clusters without those of a model's name that fills a family too: that is the same story, told with more."""
    leading = [each for each in found if each.bond is Bond.FAMILY and _holds_many(each.facts[0])]
    families = {name.family for each in leading for name in model_names(each.name)}
    return (each for each in found if each.bond is not Bond.THEME or each.name not in families)


def _candidate(
    desk: Desk, cluster: Cluster, cores: Sequence[Insight], spoken: frozenset[Voice], insights: Sequence[Insight]
) -> Candidate:
    core = max(cores, key=lambda fact: (worth(desk, fact).score * _of_kind(desk, fact), fact.key))
    names = _names(cluster, insights)
    hints = frozenset(_hints(desk, cluster))
    candidate = Candidate(
        cluster, core, worth(desk, core, spoken), names, hints, _led(desk, names), _is_strong(desk, core, spoken)
    )
    return replace(candidate, worth=_as_lead(desk, candidate))


def _own_voices(desk: Desk, cluster: Cluster) -> frozenset[Voice]:
    """The kinds of source that speak of it: an article of the press and the thread that leads to it are one."""
    if cluster.bond is not Bond.ENTITY or cluster.voices != {Voice.TALK, Voice.POSTS}:
        return cluster.voices
    posts = (desk.about(key) for key in cluster.items if key.kind is ItemKind.POST)
    of_labs = any(item is not None and "lab" in item.tagged("kind") for item in posts)
    return cluster.voices if of_labs else frozenset({Voice.TALK})


def _named_by(desk: Desk, cluster: Cluster, insights: Sequence[Insight]) -> frozenset[Voice]:
    """The kinds of source that name it, where several do on this morning."""
    moving = [fact for fact in insights if fact.kind is Kind.CO_MOVEMENT and cluster.items[0] in fact.items]
    return voices(desk, [key for fact in moving for key in fact.items])


def _of_kind(desk: Desk, core: Insight) -> float:
    """The weight of its kind, less where others on the list have more, or a name is in fewer places than it was."""
    weight = WEIGHTS[core.kind]
    if core.kind in OF_EXTREMES and core.variant != "most" and _place(desk, core) != 1:
        return weight * NOT_THE_MOST
    if core.kind in OF_MANY_VOICES:
        return weight * min(len(core.items) / MANY, 1.0)
    return weight


def _as_lead(desk: Desk, candidate: Candidate) -> Worth:
    """Its worth with what counts for a lead alone: the kind, how much there is to tell, what led in the last days.

    Surprise, magnitude and recency are those of the story: the largest among its facts.
    """
    tales = min(candidate.cluster.tales, MOST_TALES)
    richness = 1 + RICHNESS * (tales - 1)
    age = desk.memory.told(LEAD_KIND, candidate.sort)
    variety = VARIETY.get(age, 1.0) if age is not None else 1.0
    hinted = [age for hint in candidate.hints if (age := desk.memory.told(LEAD_HINT, hint)) is not None]
    likeness = SAME_HINT.get(min(hinted), 1.0) if hinted else 1.0
    core = replace(candidate.worth, novelty=max(candidate.worth.novelty, TOLD_BELOW))
    found = of_story(core, [worth(desk, fact) for fact in candidate.cluster.facts])
    score = found.score * _of_kind(desk, candidate.core) * richness * variety * likeness
    facts = f"{len(candidate.cluster.facts)} facts on {candidate.cluster.name} ({candidate.cluster.bond})"
    return replace(found, score=round(score, 4), why=f"{facts}; {found.why}")


def _is_strong(desk: Desk, core: Insight, spoken: frozenset[Voice]) -> bool:
    """Whether it is heard in two kinds of source, or stands at the front of its list."""
    if core.kind in OF_MANY_VOICES:
        return len(core.items) >= MANY or _loudest(desk, core.items) >= LOUD
    own = spoken & voices(desk, core.items[:1])
    heard = own if core.kind in BARE else spoken
    quiet = {Voice.TALK} if _loudest(desk, [*desk.subject(core.items[0]).items, *core.items]) < HEARD else set()
    if len(heard - quiet) > 1 or (core.kind in BY_THEMSELVES and REACH.get(core.origin, 1.0) >= WIDE):
        return True
    place = _place(desk, core)
    return place is not None and place <= HIGH


def _loudest(desk: Desk, items: Iterable[ItemKey]) -> int:
    """The points of the loudest story among the items."""
    stories = [found for key in items if key.kind is ItemKind.STORY for found in listed_today(desk, key)]
    return max((reading.metrics.get(Metric.POINTS, 0) for _, reading in stories), default=0)


def _place(desk: Desk, core: Insight) -> int | None:
    """A newcomer's place on its list; that of talk among the things about AI there, by what it is told for."""
    mornings = desk.mornings(core.origin)
    reading = mornings.today.by_item.get(core.items[0]) if mornings else None
    metric = TALKED.get(core.kind)
    if mornings is None or reading is None:
        return None
    if metric is None:
        return reading.rank if core.kind is Kind.NEW else None
    own = reading.metrics.get(metric, 0)
    return 1 + sum(each.metrics.get(metric, 0) > own for each in desk.ours(mornings.today))


# --- what it is remembered by -----------------------------------------------------------------------------------------


def _names(cluster: Cluster, insights: Sequence[Insight]) -> frozenset[str]:
    """Its subject, the family that holds it, its theme; of a family or an owner also the entry that stands highest.

    A model's name is remembered in its one spelling too: what led as "Qwen3.8-27B" led as "qwen 3.8".
    """
    families = (fact for fact in insights if fact.kind is Kind.FAMILY and cluster.items[0] in fact.items)
    names = {cluster.name.casefold(), *(family.theme.casefold() for family in families)}
    if cluster.bond is not Bond.THEME:
        names.add(str(cluster.items[0]).casefold())
    return frozenset(names | {model.family for name in names for model in model_names(name)})


def _led(desk: Desk, names: Iterable[str]) -> int | None:
    """How many days ago one of the names led; "gemma-4" led where "gemma-4-12B" did."""
    ages = [age for name in names for led, age in desk.memory.marked(LEAD).items() if name == led or _of_one(name, led)]
    return min(ages, default=None)


def _of_one(name: str, other: str) -> bool:
    """Whether one name of a family goes on where the other ends."""
    shorter, longer = sorted((name, other), key=len)
    return ":" not in longer and longer.startswith(f"{shorter}-")


def _hints(desk: Desk, cluster: Cluster) -> Iterable[str]:
    """An owner, and the names in a title."""
    for key in cluster.items[:1] if cluster.bond is not Bond.THEME else ():
        if key.kind in {ItemKind.STORY, ItemKind.POST}:
            item = desk.about(key)
            yield from (name.casefold() for name in names_in(desk, item.title if item else ""))
        elif key.source in {Source.HUGGINGFACE, Source.GITHUB} and "/" in key.external_id:
            yield key.external_id.partition("/")[0].casefold()


def names_in(desk: Desk, title: str) -> list[str]:
    """Words of a title that are names, those with a capital or a figure inside first, then the longest.

    In a title that writes every word large, and at the head of one or of its second half, only what is a name elsewhere
    is one here: the account of a model or a project, or a word with a capital inside.
    """
    found_in = re.finditer(r"[A-Za-z][\w.‑-]{2,}", title)
    matches = [match for match in found_in if not _names_nothing(match[0])]
    words = [match[0] for match in matches]
    heads = {match[0] for match in matches if _BEFORE_A_HEAD.search(title[: match.start()])}
    large = [word for word in words if word[0].isupper()]
    every = len(large) > MOST_LARGE * len(words)
    known = _accounts(desk)
    found = [
        word
        for number, word in enumerate(words)
        if _INSIDE.search(word)
        or word.casefold() in known
        or (word[0].isupper() and len(word) > 3 and not every and number and word not in heads)
    ]
    return sorted(dict.fromkeys(found), key=lambda word: (not _INSIDE.search(word), -len(word)))


def _accounts(desk: Desk) -> frozenset[str]:
    """Who has a model or a project on a list of today, in small letters, and the words of the feeds' names."""
    keys = [key for subject in desk.subjects for key in subject.items]
    owners = {key.external_id.partition("/")[0].casefold() for key in keys if key.kind in OWNED}
    return frozenset(owners | {key.external_id.partition("-")[0] for key in keys if key.kind is ItemKind.POST})


def _names_nothing(word: str) -> bool:
    return word.casefold() in common_words() or word.casefold() in CARDINAL_VALUES


def remembered(candidate: Candidate) -> Iterable[tuple[str, str]]:
    """The marks that a lead leaves for the issues to come."""
    yield from ((LEAD, name) for name in sorted(candidate.names))
    yield from ((LEAD_HINT, hint) for hint in sorted(candidate.hints))
    yield LEAD_KIND, candidate.sort


def subject_of(candidate: Candidate) -> ItemKey:
    """The item that stands for the story."""
    return candidate.core.items[0]
