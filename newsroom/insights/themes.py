"""Insights on a word that items of several kinds of source have today, and far fewer had in the four weeks before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from domain.claims import Figure, Name
from domain.evidence import EvidenceId, NamedFormula
from domain.items import Item, ItemKey
from domain.items import Kind as ItemKind
from newsroom import rounding
from newsroom.across import Mention, Mentions, brought, by_voice, todays
from newsroom.desk import Desk
from newsroom.identity import Voice
from newsroom.identity.families import is_series
from newsroom.insights.co_movement import loudest_story
from newsroom.insights.corpus import Corpus
from newsroom.insights.insight import Insight, Kind, slots
from newsroom.insights.where import lists_of, of_the_commonest_kind, quotations, where
from newsroom.insights.word_lists import stop_words, worn_words
from newsroom.phrases.templates import Fragment
from newsroom.record import Listing, ListKey
from newsroom.terms import sayings, span_of, terms

#: A theme is in at least so many items, of so many kinds of source, and so many standard deviations above the usual.
FEWEST_ITEMS = 3
FEWEST_ITEMS_OF_A_WORD = 5
FEWEST_VOICES = 2
LEAST_Z = 1.96

#: A word that the trade uses every day ("agent") has to stand out by more.
LEAST_Z_OF_WORN = 4.0

#: Shorter words say nothing.
SHORTEST = 3

#: So many themes a morning at most.
MOST = 3


@dataclass(frozen=True)
class _Theme:
    """A word with the items that have it."""

    term: str
    z: float
    mentions: Mentions

    @cached_property
    def items(self) -> frozenset[ItemKey]:
        """What has the word."""
        return frozenset(mention.item.key for mention in self.every)

    def is_of(self, other: _Theme) -> bool:
        """Whether most of its items were told of under another word."""
        return len(self.items & other.items) * 2 > len(self.items)

    @property
    def told(self) -> list[Mention]:
        """What is counted: of each kind of source one kind of item."""
        return [mention for found in self.mentions.values() for mention in of_the_commonest_kind(found)]

    @property
    def every(self) -> list[Mention]:
        return [mention for found in self.mentions.values() for mention in found]


def theme_insights(desk: Desk) -> Iterator[Insight]:
    """The words that stand out most, none of which tells of the same items as one before it."""
    corpus = Corpus.of(desk)
    if corpus is None:
        return
    told: list[_Theme] = []
    for theme in _whole(list(_themes(desk, corpus))):
        insight = _told(desk, corpus, theme) if not any(theme.is_of(other) for other in told) else None
        if insight is not None:
            told.append(theme)
            yield insight
        if len(told) == MOST:
            return


def _whole(themes: Sequence[_Theme]) -> list[_Theme]:
    """The themes, those that stand out most first; "banana" gives way to "nano banana" where that is what is meant."""
    pairs = [theme for theme in themes if " " in theme.term]
    kept = [theme for theme in themes if theme in pairs or not any(theme.is_of(pair) for pair in pairs)]
    return sorted(kept, key=lambda theme: (-theme.z, theme.term))


def _themes(desk: Desk, corpus: Corpus) -> Iterator[_Theme]:
    series = brought(desk)
    for term, mentions in _by_term(desk, corpus, series).items():
        found = by_voice(desk, mentions)
        if len(found) >= FEWEST_VOICES and _heads(desk, found) >= _needed(mentions):
            yield _Theme(term, corpus.z(term), found)


def _heads(desk: Desk, mentions: Mentions) -> int:
    """How many different things the items are about."""
    return len({desk.subject(mention.item.key).head for found in mentions.values() for mention in found})


def _needed(mentions: Sequence[Mention]) -> int:
    """A name in three items is a theme; a word of the language may stand in three by chance."""
    names = all(not mention.text.islower() for mention in mentions) or " " in mentions[0].text
    return FEWEST_ITEMS if names else FEWEST_ITEMS_OF_A_WORD


def _by_term(desk: Desk, corpus: Corpus, series: Collection[str]) -> Mapping[str, Sequence[Mention]]:
    """Who has which word today, of the words that stand out."""
    standing_out = {term for term in corpus.now if _stands_out(corpus, term, series)}
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    for key, reading, item in todays(desk):
        for term in terms(item) & standing_out if key in corpus.lists else ():
            if (spelt := _spelt(item, term)) is not None:
                found[term].append(Mention(key, reading, item, *spelt))
    return found


def _stands_out(corpus: Corpus, term: str, series: Collection[str]) -> bool:
    words = term.split()
    if corpus.now[term] < FEWEST_VOICES or all(is_series(word, series) for word in words):
        return False
    least = LEAST_Z_OF_WORN if all(word in worn_words() for word in words) else LEAST_Z
    return not _is_idle(words) and corpus.z(term) >= least


def _is_idle(words: Sequence[str]) -> bool:
    """Whether it says nothing: a word of the language at either end, a number, another writing than the paper's."""
    return any(
        word in stop_words() or sum(map(str.isalpha, word)) < SHORTEST or not word.isascii()
        for word in (words[0], words[-1])
    )


def _spelt(item: Item, term: str) -> tuple[str, str] | None:
    """The field and the span that spells the word exactly, but for letter case."""
    spans = ((field, span_of(term, text)) for field, text in sayings(item))
    return next(((field, span) for field, span in spans if span and span.casefold() == term), None)


def _told(desk: Desk, corpus: Corpus, theme: _Theme) -> Insight | None:
    listed = where(desk, theme.mentions, partial(_count, desk, theme.term))
    name = _name(desk, theme)
    busiest = corpus.busiest(theme.term)
    if name is None:
        return None
    return Insight(
        Kind.THEME,
        busiest or theme.every[0].key,
        tuple(dict.fromkeys((name.item, *(mention.item.key for mention in theme.every)))),
        slots(
            word=name,
            noun=_noun(theme),
            where=listed,
            total=_count(desk, theme.term, quotations(desk, theme.told), "entries"),
            **(_compared(desk, corpus, theme.term, busiest) if busiest else {}),
            **loudest_story(desk, theme.mentions.get(Voice.TALK, ())),
        ),
        also=lists_of(desk, theme.told),
        theme=theme.term,
        surprise=min(theme.z / 12, 0.5),
        magnitude=min(len(theme.every) / 15, 1),
    )


def _name(desk: Desk, theme: _Theme) -> Name | None:
    """The word as one spells it; as a part of what it says, where one does."""
    ranked = sorted(theme.told, key=lambda mention: mention.text == mention.item.title)
    return next((name for mention in ranked if (name := mention.linked(desk)) is not None), None)


def _noun(theme: _Theme) -> str:
    """What it is: a name is written with a capital wherever it stands."""
    if any(mention.text.islower() for mention in theme.every):
        return "words" if " " in theme.term else "word"
    return "name"


def _compared(desk: Desk, corpus: Corpus, term: str, key: ListKey) -> dict[str, Fragment | Figure | str | None]:
    """How many items of a list have the word, and had it a week or a day before, and on average in the weeks before."""
    mornings, found = desk.mornings(key), corpus.lists[key]
    both = mornings.farthest() if mornings else None
    things = desk.words(key).things
    return {
        "count": _having(desk, term, found.today, things),
        "earlier": _having(desk, term, both.before, things) if both else None,
        "since": desk.figures.date(both.before) if both else None,
        "size": desk.figures.size(found.today, things),
        "list": desk.list_name(key),
        "things": things,
    }


def _having(desk: Desk, term: str, listing: Listing, unit: str) -> Figure | None:
    """How many items of the list have the word."""
    at = desk.as_of.isoformat()
    figure = desk.figures.listed("words_with", listing, unit, rounding.count, word=term, at=at)
    return replace(figure, text="none") if figure is not None and figure.value == 0 else figure


def _count(
    desk: Desk, term: str, quotes: Sequence[EvidenceId], unit: str, kind: ItemKind | None = None
) -> Figure | None:
    formula = NamedFormula("said_count", 1, {"word": term} | ({"kind": kind.value} if kind else {}))
    return desk.figures.make(formula, {"of": tuple(quotes)}, unit, form=rounding.count)
