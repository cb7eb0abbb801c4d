"""An editor's words before the court: read for what the evidence of their story holds, and judged like any sentence.

Only the choice of words is freer than the house's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from domain.claims import Claim, Figure, Name, Quote, Role, Run, Words
from domain.edits import Edit, Editable, Place, editable, story_keys
from domain.errors import MorningPostError
from domain.evidence import Evidence, EvidenceId, Expression, QuoteEvidence, ReadingEvidence
from domain.issue import Issue
from domain.text import plain_line
from newsroom.checking.dossier import Dossier
from newsroom.checking.judging import judge
from newsroom.checking.sentences import sentences
from newsroom.checking.wording import standard_wording
from newsroom.citations import RANK
from newsroom.editing.places import with_claim
from newsroom.facts import Facts
from newsroom.figures import SITE_PERIODS, UNITS
from newsroom.rounding import place, whole

#: A figure may be proved in several ways; so many readings of a sentence are tried.
MOST_READINGS = 96

_QUOTATION = re.compile(r"[“\"][^“”\"]+[”\"]")


class UnfitEdit(MorningPostError):
    """An edit that prints what is not proved; ``problems`` says each thing in words."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problems))


def edit(issue: Issue, where: Place, text: str, links: Sequence[tuple[str, str]], facts: Facts) -> Edit:
    """An editor's words for the sentence that stands in a place; ``links`` are (words, address) as he set them.

    Raises UnfitEdit, naming everything that the evidence of the story does not prove, and LookupError: no sentence
    stands there.
    """
    standing = next((each for each in editable(issue) if each.place == where), None)
    if standing is None:
        raise LookupError(str(where))
    text = plain_line(text)
    if not text:
        raise UnfitEdit(["the new text has no words"])
    known = _Known.of(issue, where, standing.claim)
    parts = known.read(text)
    problems = [*_unread(parts), *known.link_faults(links)]
    claim, found = _best(issue, standing, [part for part in parts if part], facts)
    if problems or found:
        raise UnfitEdit([*problems, *(each for each in found if not problems or "hold a digit" not in each)])
    return Edit(where, standing.claim.text, claim, {each: issue.evidence[each] for each in claim.evidence})


@dataclass(frozen=True, slots=True)
class _Known:
    """What the evidence of a story lets a sentence print, by how it reads in small letters."""

    runs: Mapping[str, tuple[Run, ...]]
    addresses: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, issue: Issue, where: Place, claim: Claim) -> _Known:
        """What the sentence itself prints first, then its story, then what their readings hold besides."""
        claims = [claim, *_neighbours(issue, where)]
        evidence = {each: issue.evidence[each] for one in claims for each in one.evidence if each in issue.evidence}
        found: dict[str, list[Run]] = {}
        for run in (*(run for one in claims for run in one.runs), *_unprinted(evidence)):
            key = _reads(run)
            if key and run not in found.setdefault(key, []):
                found[key].append(run)
        addresses: dict[str, set[str]] = {}
        for name in (run for runs in found.values() for run in runs if isinstance(run, Name) and run.url):
            addresses.setdefault(name.text.casefold(), set()).add(name.url or "")
        return cls(
            {key: tuple(runs) for key, runs in found.items()},
            {words: frozenset(urls) for words, urls in addresses.items()},
        )

    def read(self, text: str) -> list[tuple[Run, ...]]:
        """The text in parts; for each the runs that it may be, the likeliest first."""
        if not self.runs:
            return [(Words(text),)]
        longest = sorted(self.runs, key=len, reverse=True)
        anything = "|".join(map(re.escape, longest))
        pattern = re.compile(rf"(?<![\w.,+-])(?:{anything})(?!\w|[.,]\d)|[“\"](?:{anything})[”\"]", re.IGNORECASE)
        parts: list[tuple[Run, ...]] = []
        end = 0
        for match in pattern.finditer(text):
            parts += [(Words(text[end : match.start()]),)] if match.start() > end else []
            parts.append(self._meanings(match.group()))
            end = match.end()
        return [*parts, *([(Words(text[end:]),)] if end < len(text) else [])]

    def _meanings(self, printed: str) -> tuple[Run, ...]:
        quoted = printed[0] in '“"' and printed.strip('“”"').casefold() in self.runs
        inner = printed.strip('“”"') if quoted else printed
        runs = self.runs[inner.casefold()]
        if quoted:
            return tuple(run for run in runs if isinstance(run, Quote)) or (Words(printed),)
        meant = [_as_written(run, inner) for run in runs if not isinstance(run, Quote)]
        bare = [] if any(character.isdigit() for character in inner) else [Words(inner)]
        return (*meant, *bare) or (Words(inner),)

    def link_faults(self, links: Sequence[tuple[str, str]]) -> Iterator[str]:
        """Every link that is not the address of the thing whose name it stands under."""
        for words, address in links:
            addresses = self.addresses.get(words.strip().casefold(), frozenset())
            if address not in addresses and address.rstrip("/") not in addresses:
                yield f"the link of “{words.strip()}” to {address} is no stored address of a thing that is named here"


def _neighbours(issue: Issue, where: Place) -> list[Claim]:
    """The sentences of the same story; of what stands outside of stories, those of the section."""
    section = issue.section(where.section)
    if section is None:
        return []
    if where.story:
        stories = zip(story_keys(section.stories), section.stories, strict=True)
        return [claim for key, story in stories if key == where.story for claim in story.claims()]
    return list(section.claims())


def _reads(run: Run) -> str:
    """How what is proved reads; our own words prove nothing."""
    return "" if isinstance(run, Words) else run.text.strip().casefold()


def _unprinted(evidence: Mapping[EvidenceId, Evidence]) -> Iterator[Run]:
    """What the cited readings and words hold, printed or not: values, places, names."""
    for cited, each in evidence.items():
        match each:
            case ReadingEvidence(metric=metric, value=value) if metric == RANK:
                yield Figure(place(value), value, "rank", Expression("a.rank"), {"a": cited})
            case ReadingEvidence(metric=metric, value=value):
                units = {str(known): unit for known, unit in UNITS.items()}
                periods = {str(known): period for known, period in SITE_PERIODS.items()}
                unit = units.get(metric, "")
                yield Figure(whole(value), value, unit, Expression("a"), {"a": cited}, periods.get(metric))
            case QuoteEvidence(field="external_id" | "title", text=text, item=item, url=url):
                yield Name(text, item, cited, url if url.startswith("https://") else None)
            case _:
                pass


def _as_written(run: Run, printed: str) -> Run:
    """A figure that is a word bears its capital where the editor wrote one; anything else reads as it is proved."""
    return replace(run, text=printed) if isinstance(run, Figure) and not any(map(str.isdigit, printed)) else run


def _unread(parts: Sequence[tuple[Run, ...]]) -> Iterator[str]:
    """The figures, quotations and addresses in an editor's words that nothing proves."""
    for words in (part[0].text for part in parts if isinstance(part[0], Words) and len(part) == 1):
        for quotation in _QUOTATION.findall(words):
            yield f"{quotation}: no source's words in the evidence of this story read so"
        for token in words.split():
            bare = token.strip(".,;:!?()“”\"'")
            if "://" in bare or bare.startswith("www."):
                yield f"“{bare}”: links stand under the names of things, at their stored addresses"
            elif any(character.isdigit() for character in bare):
                yield f"“{bare}”: no figure and no name in the evidence of this story reads so"


def _best(
    issue: Issue, standing: Editable, parts: Sequence[tuple[Run, ...]], facts: Facts
) -> tuple[Claim, tuple[str, ...]]:
    """The reading of the parts that passes, or the one with the fewest problems, and its problems."""
    dossier = Dossier(issue.evidence, facts)
    best: tuple[Claim, tuple[str, ...]] | None = None
    for runs in islice(product(*parts), MOST_READINGS):
        claim = _claim(standing.claim, _joined(runs))
        problems = _judged(issue, standing.place, claim, dossier)
        if best is None or len(problems) < len(best[1]):
            best = claim, problems
        if not problems:
            break
    if best is None:
        raise AssertionError("a text has at least one reading")
    return best


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs, words beside words made one."""
    joined: list[Run] = []
    for run in runs:
        if joined and isinstance(run, Words) and isinstance(joined[-1], Words):
            joined[-1] = Words(joined[-1].text + run.text)
        else:
            joined.append(run)
    return tuple(joined)


def _claim(before: Claim, runs: tuple[Run, ...]) -> Claim:
    """The editor's sentence; it rests on what the old one rested on, too. One that prints something asserts it."""
    prints = any(not isinstance(run, Words) for run in runs)
    role = Role.CLAIM if prints or before.role is Role.CLAIM else before.role
    own = Claim(runs, role, before.evidence, edited=True)
    cited = {each for run in own.runs for each in _cited(run)}
    return replace(own, also=tuple(each for each in own.also if each not in cited))


def _cited(run: Run) -> Iterator[EvidenceId]:
    if isinstance(run, Figure):
        yield from run.cited()
    elif isinstance(run, Name | Quote):
        yield run.evidence


def _judged(issue: Issue, where: Place, claim: Claim, dossier: Dossier) -> tuple[str, ...]:
    section = issue.section(where.section)
    if section is None:
        raise LookupError(str(where))
    changed = with_claim(section, where, claim)
    sentence = next(each for each in sentences(changed, issue.date) if each.claim is claim)
    return judge(sentence, dossier, standard_wording()).problems
