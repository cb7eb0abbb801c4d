"""What the issue rests on: claims whose evidence can be looked up, linked items, links that a source gave, figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.claims import Role
from domain.evidence import Evidence, NamedFormula, QuoteEvidence, ReadingEvidence
from domain.issue import Issue
from domain.items import ItemKey
from domain.measures import Measure
from newsroom.checking.rules_of_words import banned
from newsroom.checking.wording import standard_wording
from newsroom.measuring.found import Found, examples
from newsroom.measuring.prose import all_sentences, names_in, stories, words_in

#: Fewer words of a title are a theme that it has in common with others.
SHORTEST_TITLE = 4


def measured(issue: Issue) -> Iterator[Found]:
    """Claims that the checks found supported, evidence, links, figures, and words that may not stand."""
    checks, lonely, foreign, banned = issue.checks, unlinked(issue), foreign_links(issue), banned_words(issue)
    yield Found(Measure.SUPPORTED, checks.supported / checks.claims if checks.claims else None)
    yield Found(Measure.TRACEABLE, traceable(issue))
    yield Found(Measure.LINKED, share_linked(issue), examples(lonely))
    yield Found(Measure.FOREIGN_LINKS, len(foreign), examples(foreign))
    yield Found(Measure.FIGURES, figures_per_100_words(issue))
    yield Found(Measure.BANNED_WORDS, len(banned), examples(banned))


def traceable(issue: Issue) -> float | None:
    """The share of claims all of whose evidence the issue carries, so that it can be looked up and recomputed."""
    claims = [claim for claim in issue.claims() if claim.role is Role.CLAIM]
    found = sum(all(each in issue.evidence for each in claim.evidence) for claim in claims)
    return found / len(claims) if claims else None


def unlinked(issue: Issue) -> list[ItemKey]:
    """The items that are named and nowhere linked."""
    linked = _linked(issue)
    return [key for key in _mentioned(issue) if key not in linked]


def share_linked(issue: Issue) -> float | None:
    """The share of the items named that are linked somewhere; None when there are none."""
    mentioned = _mentioned(issue)
    return 1 - len(unlinked(issue)) / len(mentioned) if mentioned else None


def _mentioned(issue: Issue) -> Mapping[ItemKey, None]:
    """The items that are named, in full or without the owner; a family, a publisher and a tag are no items."""
    patterns = frozenset(_patterns(issue))
    return dict.fromkeys(
        name.item
        for name in names_in(issue)
        if name.text.lower() not in patterns and name.text in _names_of(name.item, issue.evidence.get(name.evidence))
    )


def _names_of(key: ItemKey, evidence: Evidence | None) -> tuple[str, ...]:
    """What an item is called: its whole title, its id, or the part of the id after the slash."""
    quoted = evidence.text if isinstance(evidence, QuoteEvidence) and evidence.field == "title" else ""
    title = quoted if words_in(quoted) >= SHORTEST_TITLE else ""
    return title, key.external_id, key.external_id.rpartition("/")[2]


def _patterns(issue: Issue) -> Iterator[str]:
    """The names of families that the issue counts: the name of an item may be one."""
    for claim in issue.claims():
        for figure in claim.figures:
            if isinstance(figure.formula, NamedFormula):
                yield from (str(each).lower() for each in figure.formula.args.values())


def _linked(issue: Issue) -> frozenset[ItemKey]:
    named = (name.item for name in names_in(issue) if name.url)
    told = (story.items[0] for story in stories(issue) if story.items and story.url)
    return frozenset([*named, *told])


def foreign_links(issue: Issue) -> list[str]:
    """The addresses that the evidence of their own item does not give."""
    given = {
        (evidence.item, evidence.url)
        for evidence in issue.evidence.values()
        if isinstance(evidence, ReadingEvidence | QuoteEvidence)
    }
    return [url for key, url in _links(issue) if (key, url) not in given]


def _links(issue: Issue) -> Iterator[tuple[ItemKey, str]]:
    yield from ((name.item, name.url) for name in names_in(issue) if name.url)
    yield from ((story.items[0], story.url) for story in stories(issue) if story.items and story.url)


def figures_per_100_words(issue: Issue) -> float | None:
    """The printed figures, all of them bound to a formula, against the words of the sentences and rows."""
    words = sum(words_in(claim.text) for claim in issue.claims())
    return 100 * sum(len(claim.figures) for claim in issue.claims()) / words if words else None


def banned_words(issue: Issue) -> list[str]:
    """The words of hype, cause and forecast in our own words, names and quotations left out."""
    law = standard_wording()
    return [reason for sentence in all_sentences(issue) for reason in banned(sentence, law)]
