"""The JSON edition: the issue with every claim and all its evidence, so that an outsider can recompute it.

Its form is a contract, written down in ``docs/edition.schema.json``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from domain.claims import Claim, Figure
from domain.evidence import Evidence, Expression, Formula, HarvestEvidence, Operand, QuoteEvidence, ReadingEvidence
from domain.issue import Checks, Coverage, Issue, IssueState, Section, SourceCoverage, Story
from domain.measures import Finding

Json = dict[str, Any]


def edition_json(issue: Issue, state: IssueState) -> str:
    """The issue as it stands in ``state``; two blanks of indent, keys in the order of the contract."""
    document = {
        "date": issue.date.isoformat(),
        "number": issue.number,
        "title": issue.title,
        "motto": issue.motto,
        "state": state.value,
        "sample": issue.sample,
        "sections": [_section(section) for section in issue.sections],
        "evidence": {name: _evidence(one) for name, one in issue.evidence.items()},
        "coverage": _coverage(issue.coverage),
        "checks": _checks(issue.checks),
    }
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


def _section(section: Section) -> Json:
    """A section; its opening and its notes are stories of their own, so that stories hold every claim."""
    stories = [
        *_aside("opening", section.opening),
        *map(_story, section.stories),
        *_aside("notes", section.notes),
    ]
    return {
        "name": section.name.value,
        "title": section.title,
        "writer": section.writer.value,
        "stories": stories,
    }


def _aside(layout: str, claims: tuple[Claim, ...]) -> Iterator[Json]:
    if claims:
        yield _story_frame(layout) | {"claims": [_claim(claim, layout) for claim in claims]}


def _story_frame(layout: str) -> Json:
    return {
        "headline": None,
        "layout": layout,
        "label": "",
        "group": "",
        "columns": [],
        "cells": [],
        "items": [],
        "url": None,
    }


def _story(story: Story) -> Json:
    return _story_frame(story.layout.value) | {
        "headline": story.headline.text if story.headline else None,
        "label": story.label,
        "group": story.group,
        "columns": list(story.columns),
        "cells": [cell.text for cell in story.cells],
        "items": [str(item) for item in story.items],
        "url": story.url,
        "claims": list(_claims(story)),
    }


def _claims(story: Story) -> Iterator[Json]:
    """Every sentence, with the part of the story that it stands in; paragraphs are counted from 1."""
    if story.headline is not None:
        yield _claim(story.headline, "headline")
    if story.standfirst is not None:
        yield _claim(story.standfirst, "standfirst")
    for cell in story.cells:
        yield _claim(cell, "cell")
    for number, paragraph in enumerate(story.paragraphs, start=1):
        for claim in paragraph:
            yield _claim(claim, "paragraph") | {"paragraph": number}


def _claim(claim: Claim, part: str) -> Json:
    return {
        "text": claim.text,
        "part": part,
        "role": claim.role.value,
        "figures": [_figure(figure) for figure in claim.figures],
        "names": [
            {"text": name.text, "item": str(name.item), "evidence": name.evidence, "url": name.url}
            for name in claim.names
        ],
        "links": list(claim.links),
        "quotes": [{"text": quote.text, "item": str(quote.item), "evidence": quote.evidence} for quote in claim.quotes],
        "evidence": list(claim.evidence),
    } | ({"editor": True} if claim.edited else {})


def _figure(figure: Figure) -> Json:
    return {
        "text": figure.text,
        "value": _number(figure.value),
        "unit": figure.unit,
        "period": figure.period,
        "formula": _formula(figure.formula),
        "evidence": {name: _operand(operand) for name, operand in figure.evidence.items()},
    }


def _number(value: float) -> float | int:
    """A whole number without a decimal point."""
    return int(value) if float(value).is_integer() else value


def _formula(formula: Formula) -> str | Json:
    if isinstance(formula, Expression):
        return formula.text
    return {"name": formula.name, "version": formula.version, "args": dict(formula.args)}


def _operand(operand: Operand) -> str | list[str]:
    return list(operand) if isinstance(operand, tuple) else operand


def _evidence(evidence: Evidence) -> Json:
    match evidence:
        case ReadingEvidence():
            return {
                "kind": "reading",
                "reading": evidence.reading_id,
                "source": evidence.source.value,
                "list": evidence.list,
                "item": str(evidence.item),
                "metric": evidence.metric,
                "value": evidence.value,
                "rank": evidence.rank,
                "observed_at": _moment(evidence.observed_at),
                "url": evidence.url,
            }
        case QuoteEvidence():
            return {
                "kind": "quote",
                "source": evidence.source.value,
                "item": str(evidence.item),
                "version": evidence.version,
                "field": evidence.field,
                "start": evidence.start,
                "text": evidence.text,
                "observed_at": _moment(evidence.observed_at),
                "url": evidence.url,
            }
        case HarvestEvidence():
            return {
                "kind": "harvest",
                "harvest": evidence.harvest_id,
                "source": evidence.source.value,
                "list": evidence.list,
                "items": evidence.items,
                "status": evidence.status.value,
                "observed_at": _moment(evidence.observed_at),
            }


def _moment(at: datetime) -> str:
    """A moment in UTC, to the second: ``2026-07-04T05:31:10Z``."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _coverage(coverage: Coverage) -> Json:
    return {
        "as_of": _moment(coverage.as_of),
        "sources": list(map(_source, coverage.sources)),
        "gaps": [{"first": gap.first.isoformat(), "last": gap.last.isoformat()} for gap in coverage.gaps],
    }


def _source(one: SourceCoverage) -> Json:
    return {
        "name": one.source.value,
        "status": one.status.value,
        "items": one.items,
        "observed_at": _moment(one.observed_at) if one.observed_at else None,
        "lists": one.lists,
        "failed_lists": list(one.failed_lists),
        "error": one.error,
    }


def _checks(checks: Checks) -> Json:
    return {
        "claims": checks.claims,
        "supported": checks.supported,
        "dropped": len(checks.drops),
        "held": checks.held,
        "drops": [{"section": drop.section.value, "text": drop.text, "reason": drop.reason} for drop in checks.drops],
        "measures": [_finding(finding) for finding in checks.measures.findings] if checks.measures else [],
    }


def _finding(finding: Finding) -> Json:
    goal = finding.goal
    return {
        "measure": finding.measure.value,
        "title": finding.title,
        "found": finding.found if finding.found is None else _number(finding.found),
        "goal": {"least": goal.least, "most": goal.most, "below": goal.below},
        "met": finding.met,
        "note": finding.note,
    }
