"""The templates of the classic edition: escaping always on, a missing name is an error."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from formatters import phrases
from formatters.classic.segments import set_paragraph, set_text
from formatters.views import (
    AddressView,
    ArticleView,
    BulletsView,
    CoverageView,
    Entry,
    MastheadView,
    SectionView,
    TableView,
)

_ENVIRONMENT = Environment(
    loader=PackageLoader("formatters", "templates/classic"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    extensions=["jinja2.ext.do"],
)
_ENVIRONMENT.globals.update(set_paragraph=set_paragraph, set_text=set_text, phrases=phrases)
_ENVIRONMENT.tests.update(
    article=lambda entry: isinstance(entry, ArticleView),
    bullets=lambda entry: isinstance(entry, BulletsView),
    table=lambda entry: isinstance(entry, TableView),
)


def render_masthead(masthead: MastheadView, page: bool = False) -> str:
    """The masthead of the front page, or the line over any other page."""
    return _render("running_head.html" if page else "masthead.html", masthead=masthead)


def render_section(section: SectionView) -> str:
    """A section in full, under its title."""
    return _render("section.html", section=section)


def render_lead(section: SectionView) -> str:
    """The lead, its headline for a title."""
    return _render("lead.html", section=section)


def render_folded(section: SectionView) -> str:
    """A section folded into an expandable quotation."""
    return _render("folded.html", section=section)


def render_coverage(coverage: CoverageView) -> str:
    """Which sources were read, as of when, folded."""
    return _render("coverage.html", coverage=coverage)


def render_addresses(addresses: tuple[AddressView, ...]) -> str:
    """Where the paper can be had."""
    return _render("addresses.html", addresses=addresses)


def _render(template: str, **context: Entry | object) -> str:
    return _ENVIRONMENT.get_template(template).render(context).strip("\n")
