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


def render_masthead(masthead: MastheadView) -> str:
    """The masthead of the front page."""
    return _render("masthead.html", masthead=masthead)


def render_running_head(masthead: MastheadView, section: SectionView) -> str:
    """What stands over a section's own page: its title, and which paper it is of."""
    return _render("running_head.html", masthead=masthead, section=section)


def render_title(section: SectionView) -> str:
    """The title of a section that stands open on the front page."""
    return _render("title.html", section=section)


def render_body(section: SectionView) -> str:
    """All that stands under the title of a section."""
    return _render("body.html", section=section)


def render_folded(section: SectionView) -> str:
    """A section folded into an expandable quotation."""
    return _render("folded.html", section=section)


def render_coverage(coverage: CoverageView) -> str:
    """Which sources were read, as of when, folded."""
    return _render("coverage.html", coverage=coverage)


def render_addresses(addresses: tuple[AddressView, ...]) -> str:
    """Where the paper can be had."""
    return _render("addresses.html", addresses=addresses)


def _render(template: str, **context: object) -> str:
    return _ENVIRONMENT.get_template(template).render(context).strip("\n")
