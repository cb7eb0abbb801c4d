"""Issues and editions of every shape, for property tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from domain.claims import Claim, Figure, Name, Quote, Role, Run, Words
from domain.editions import FRONT, Button, Edition, Message, Style, fingerprint
from domain.evidence import (
    Evidence,
    EvidenceId,
    Expression,
    Formula,
    HarvestEvidence,
    NamedFormula,
    QuoteEvidence,
    ReadingEvidence,
)
from domain.issue import Checks, Coverage, Drop, Issue, Layout, Section, SectionName, SourceCoverage, Story
from domain.items import ItemKey, Kind, Source
from domain.readings import HarvestStatus

texts = st.text(max_size=12)
ids = st.integers(0, 2**63 - 1)
figures = st.integers() | st.floats(allow_nan=False)
moments = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)).map(  # noqa: DTZ001 - bounds, before the zone is added
    lambda moment: moment.replace(tzinfo=UTC, fold=0)
)
days = st.dates(date(2026, 1, 1))
keys = st.builds(ItemKey, st.sampled_from(Source), st.sampled_from(Kind), texts)
evidence_ids = st.builds(EvidenceId, st.text(min_size=1, max_size=6))
formulas: st.SearchStrategy[Formula] = st.builds(Expression, texts) | st.builds(
    NamedFormula, texts, st.integers(), st.dictionaries(texts, texts | figures, max_size=2)
)
operands = evidence_ids | st.lists(evidence_ids, max_size=3).map(tuple)

words = st.builds(Words, texts)
runs: st.SearchStrategy[Run] = (
    words
    | st.builds(
        Figure,
        texts,
        figures,
        texts,
        formulas,
        st.dictionaries(texts, operands, min_size=1, max_size=2),
        st.none() | st.just("P7D"),
    )
    | st.builds(Name, texts, keys, evidence_ids, st.none() | texts)
    | st.builds(Quote, texts, keys, evidence_ids)
)
house = st.builds(Claim, st.tuples(st.just(Words("We")), words), st.sampled_from([Role.HOUSE, Role.VIEW]), st.just(()))
claims = house | st.builds(
    lambda first, others, also: Claim((Words("So "), first, *others), Role.CLAIM, also),
    runs,
    st.lists(runs, max_size=2),
    st.lists(evidence_ids, min_size=1, max_size=2).map(tuple),
)


def several(elements: st.SearchStrategy[object], most: int = 2) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(elements, max_size=most).map(tuple)


stories = st.builds(
    Story,
    items=several(keys),
    layout=st.sampled_from(Layout),
    headline=st.none() | claims,
    standfirst=st.none() | claims,
    paragraphs=several(several(claims)),
    cells=several(claims),
    columns=several(texts),
    label=texts,
    group=texts,
    url=st.none() | texts,
)
sections = st.builds(
    Section, st.sampled_from(SectionName), texts, several(stories), several(claims, 1), several(claims, 1)
)
evidence: st.SearchStrategy[Evidence] = (
    st.builds(
        ReadingEvidence,
        ids,
        st.sampled_from(Source),
        texts,
        keys,
        texts,
        st.integers(),
        st.none() | st.integers(),
        moments,
        texts,
    )
    | st.builds(QuoteEvidence, ids, st.sampled_from(Source), keys, texts, st.integers(0), texts, moments, texts)
    | st.builds(HarvestEvidence, ids, st.sampled_from(Source), texts, ids, st.sampled_from(HarvestStatus), moments)
)
coverage = st.builds(
    Coverage,
    moments,
    several(
        st.builds(
            SourceCoverage,
            st.sampled_from(Source),
            st.sampled_from(HarvestStatus),
            ids,
            st.none() | moments,
            ids,
            several(texts),
            texts,
        )
    ),
)
checks = st.builds(
    Checks, ids, ids, several(st.builds(Drop, st.sampled_from(SectionName), texts, texts)), st.none() | texts
)
issues = st.builds(
    Issue,
    date=days,
    number=st.integers(1),
    title=texts,
    motto=texts,
    sections=several(sections),
    evidence=st.dictionaries(evidence_ids, evidence, max_size=3),
    coverage=coverage,
    checks=checks,
    sample=st.booleans(),
    themes=several(texts),
)

buttons = st.builds(Button, texts, callback=st.just("p:20260704:lead")) | st.builds(Button, texts, url=texts)
messages = st.builds(Message, st.sampled_from(Style), texts, several(several(buttons)), st.none() | texts)


def _edition(day: date, style: Style, pages: dict[str, Message]) -> Edition:
    return Edition(day, style, pages, fingerprint(pages))


editions = st.builds(
    _edition, days, st.sampled_from(Style), st.dictionaries(texts | st.just(FRONT), messages, max_size=3)
)
