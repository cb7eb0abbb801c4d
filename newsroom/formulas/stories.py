"""Formulas over the words of items: what is about AI, what tells one story, what uses a word and how unusual it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from math import log, sqrt

from domain.evidence import HarvestEvidence, QuoteEvidence
from domain.items import Item
from newsroom.formulas.definition import Definition, Licence
from newsroom.formulas.lists import by_item
from newsroom.formulas.measures import Measure
from newsroom.formulas.operands import FormulaError, Given
from newsroom.identity import Subjects, model_names, one_story, voice_of
from newsroom.relevance import EDITIONS, is_about_ai
from newsroom.terms import terms

#: The weight of the prior: half as many documents as there are in all, so that it weighs the same on a small list as on
#: a large one (log-odds with an informative Dirichlet prior: Monroe, Colaresi and Quinn 2008, eq. 15 to 22).
PRIOR_SHARE = 0.5


def about_ai(given: Given) -> float:
    """How many items of the list the rule calls about AI."""
    edition = _edition(given)
    return sum(is_about_ai(item, edition) for item in _worded(given, given.harvest("list")))


def share_about_ai(given: Given) -> float:
    """How many of a hundred items of the list the rule calls about AI."""
    harvest = given.harvest("list")
    if not harvest.items:
        raise FormulaError("an empty list has no shares")
    return 100 * about_ai(given) / harvest.items


def about_ai_among(given: Given) -> float:
    """How many items the evidence names, provided each is about AI, or tells of the same as one beside it that is."""
    named = {each.item for each in given.many("of") if not isinstance(each, HarvestEvidence)}
    beside = {quote.item for quote in _quotes(given, "beside")} if given.has("beside") else set()
    found = given.facts.words({*named, *beside}, _moment(given))
    edition = _edition(given)
    silent = {key for key, item in found.items() if not is_about_ai(item, edition)}
    subjects = Subjects.group(found.values()) if silent & named else None
    for key in named:
        told = subjects.of(key).items if subjects else (key,)
        if key not in found or silent.issuperset(told):
            raise FormulaError(f"{key} is not about AI by the rule, nor is what tells of the same")
    return len(named)


def one_story_sites(given: Given) -> float:
    """From how many kinds of source the quoted items are, provided they are all about the same."""
    return len({voice_of(item.key) for item in _one_story(given)})


def _one_story(given: Given) -> list[Item]:
    found: dict[int, Item] = {}
    for quote in _quotes(given, "of"):
        stored = given.facts.item(quote.version)
        if stored is None:
            raise FormulaError(f"the words of {quote.item} are not stored")
        found[quote.version] = stored
    if not one_story(found.values()):
        raise FormulaError("by their own words the items are not all about the same")
    return list({item.key: item for item in found.values()}.values())


def named_count(given: Given) -> float:
    """How many items the quotations are of, provided each quotation spells the model's name."""
    name = given.word("name")
    for quote in _quotes(given, "of"):
        if not any(found.family == name for found in model_names(quote.text, [name.partition(" ")[0]])):
            raise FormulaError(f"{quote.text!r} does not spell {name!r}")
    return _items_of_kind(given)


def said_count(given: Given) -> float:
    """How many items the quotations are of, provided each quotation is the word."""
    word = given.word("word").casefold()
    for quote in _quotes(given, "of"):
        if quote.text.casefold() != word:
            raise FormulaError(f"{quote.text!r} is not {word!r}")
    return _items_of_kind(given)


def _items_of_kind(given: Given) -> int:
    """How many different items, of the kind where one is asked for, the quotations ``of`` are of."""
    kind = given.word("kind") if given.argued("kind") else None
    return len({quote.item for quote in _quotes(given, "of") if kind in {None, quote.item.kind.value}})


def words_with(given: Given) -> float:
    """How many items of the list have the word in what they say of themselves."""
    return _with(given, given.harvest("list"))


def log_odds(given: Given) -> float:
    """How many standard deviations the word is more frequent on the lists now than on those before."""
    now, before = _lists(given, "now"), _lists(given, "before")
    return log_odds_z(
        sum(_with(given, each) for each in now),
        sum(each.items for each in now),
        sum(_with(given, each) for each in before),
        sum(each.items for each in before),
    )


def log_odds_z(count: float, size: float, count_before: float, size_before: float) -> float:
    """The log-odds ratio with an informative Dirichlet prior, over its standard deviation.

    ``count`` of ``size`` documents have the word now, ``count_before`` of ``size_before`` had it. The prior holds
    ``PRIOR_SHARE`` of both together. Raises FormulaError where a side is empty or every document has the word.
    """
    if not size or not size_before or not count + count_before:
        raise FormulaError("a word that nothing has is not unusual")
    prior, documents = PRIOR_SHARE * (count + count_before), PRIOR_SHARE * (size + size_before)
    odds = [(a + prior, n + documents - a - prior) for a, n in ((count, size), (count_before, size_before))]
    if any(without <= 0 for _, without in odds):
        raise FormulaError("a word that everything has is not unusual")
    (now, not_now), (earlier, not_earlier) = odds
    return (log(now / not_now) - log(earlier / not_earlier)) / sqrt(1 / now + 1 / earlier)


def kept_top(given: Given) -> float:
    """How many of the first ``top`` places of the newer list are held by items of those of the older one."""
    top = given.number("top")
    before, after = (by_item(given, given.complete(name)).values() for name in ("before", "after"))
    earlier = {each.item for each in before if each.rank is not None and each.rank <= top}
    return sum(each.rank is not None and each.rank <= top and each.item in earlier for each in after)


def _with(given: Given, harvest: HarvestEvidence) -> int:
    word = given.word("word").casefold()
    return sum(word in terms(item) for item in _worded(given, harvest))


def _worded(given: Given, harvest: HarvestEvidence) -> Iterable[Item]:
    """The items of a list in the words last seen at the moment ``at``. Raises FormulaError where one's are missing."""
    keys = [reading.item for reading in given.listed(harvest)]
    found = given.facts.words(keys, _moment(given))
    if len(found) < len(set(keys)):
        raise FormulaError(f"the words of {len(set(keys)) - len(found)} items of the list {harvest.list} are missing")
    return [found[key] for key in keys]


def _moment(given: Given) -> datetime:
    try:
        moment = datetime.fromisoformat(given.word("at"))
    except ValueError as error:
        raise FormulaError(f"{given.word('at')!r} is no moment") from error
    if moment.tzinfo is None:
        raise FormulaError("the moment needs its offset from UTC")
    return moment


def _edition(given: Given) -> int:
    edition = int(given.number("edition"))
    if edition not in EDITIONS:
        raise FormulaError(f"there is no edition {edition} of the rule on what is about AI")
    return edition


def _lists(given: Given, name: str) -> Sequence[HarvestEvidence]:
    found = [each for each in given.many(name) if isinstance(each, HarvestEvidence)]
    if len(found) != len(given.many(name)) or len({each.harvest_id for each in found}) < len(found):
        raise FormulaError(f"the operand {name!r} must hold whole lists, none of them twice")
    return found


def _quotes(given: Given, name: str) -> Iterator[QuoteEvidence]:
    for each in given.many(name):
        if not isinstance(each, QuoteEvidence):
            raise FormulaError(f"the operand {name!r} must hold quotations")
        yield each


_LIST = "list: one whole list"
_AT = "at: the moment (ISO 8601) as of which the words of the items are taken"
_EDITION = "edition: of the rule"
_WORD = "word: a word, or two side by side; letter case is ignored"
_OF = "of: quotations"
_KIND = "kind: of the items that are counted (model, repository, story, …)"
_SAY = "in their own title, in the description of a repository or after the owner in an id"

FORMULAS = (
    Definition(
        "about_ai",
        "how many items of the list are about AI by the paper's rule (docs/relevance.md), each by its own words",
        about_ai,
        Measure.COUNT,
        operands=(_LIST,),
        args=(_EDITION, _AT),
        licences=frozenset({Licence.RULE}),
    ),
    Definition(
        "about_ai_among",
        "how many different items the evidence names, provided each is about AI by the paper's rule, by its own words "
        "or by those of an item beside it that tells of the same (docs/one-story.md)",
        about_ai_among,
        Measure.COUNT,
        operands=("of: readings or quotations", "beside: quotations of the items beside them, where they are needed"),
        args=(_EDITION, _AT),
        licences=frozenset({Licence.RULE}),
    ),
    Definition(
        "share_about_ai",
        "100 * about_ai / the number of items of the list",
        share_about_ai,
        Measure.PERCENT,
        operands=(_LIST,),
        args=(_EDITION, _AT),
        licences=frozenset({Licence.SHARE, Licence.RULE}),
    ),
    Definition(
        "one_story_sites",
        "from how many kinds of source (models, code, papers, talk, posts) the items are, provided that by identity or "
        "title (docs/one-story.md) they are all about the same",
        one_story_sites,
        Measure.COUNT,
        operands=(_OF,),
        licences=frozenset({Licence.SAME}),
    ),
    Definition(
        "named_count",
        "how many different items (of the kind, where one is given) the quotations are of, provided each spells the "
        "name of the model, however it is joined (GPT 5.6, GPT-5.6, gpt5.6)",
        named_count,
        Measure.COUNT,
        operands=(_OF,),
        args=("name: the series and the version, in small letters, with a blank between them", _KIND),
    ),
    Definition(
        "said_count",
        "how many different items (of the kind, where one is given) the quotations are of, provided each is the word",
        said_count,
        Measure.COUNT,
        operands=(_OF,),
        args=(_WORD, _KIND),
    ),
    Definition(
        "words_with",
        f"how many items of the list have the word {_SAY}",
        words_with,
        Measure.COUNT,
        operands=(_LIST,),
        args=(_WORD, _AT),
    ),
    Definition(
        "log_odds",
        "the log-odds ratio of words_with over all lists now and all before, with an informative Dirichlet prior of "
        f"{PRIOR_SHARE:g} of the items and of the counts of both together, divided by its standard deviation",
        log_odds,
        Measure.RATIO,
        operands=("now: lists of this morning", "before: readings of the same lists on earlier days"),
        args=(_WORD, _AT),
    ),
    Definition(
        "kept_top",
        "how many of the first top places of the newer list are held by items that stood on those of the older one",
        kept_top,
        Measure.COUNT,
        operands=("before: the older list, read whole", "after: the newer list, read whole"),
        args=("top: how many places are looked at",),
    ),
)
