"""GitHub's own words: a row of the trending page, and a repository of the search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import Field
from selectolax.lexbor import LexborHTMLParser, LexborNode

from sources.wire import Count, Moment, Text, Texts, Wire


@dataclass(frozen=True, slots=True)
class TrendingRow:
    """One article of the trending page, as texts; empty where the page has nothing.

    ``path`` is the address of the repository below the site; figures read ``344,245``, the gain ``63 stars today``.
    """

    path: str
    description: str
    language: str
    stars: str
    forks: str
    gained: str


class TrendingPage:
    """The trending page. Matched on structure: the classes that only make room change from month to month."""

    def __init__(self, body: bytes) -> None:
        self._page = LexborHTMLParser(body.decode("utf-8", "replace"))
        self._page.strip_tags(["script", "style", "template"])

    def rows(self) -> Iterator[TrendingRow]:
        """The rows from the top."""
        for article in self._page.css("article.Box-row"):
            heading = article.css_first("h2 a[href]")
            yield TrendingRow(
                path=(heading.attributes.get("href") or "") if heading is not None else "",
                description=_text(article, "p"),
                language=_text(article, "[itemprop=programmingLanguage]"),
                stars=_text(article, 'a[href$="/stargazers"]'),
                forks=_text(article, 'a[href$="/forks"]'),
                gained=_text(article, "span.float-sm-right"),
            )

    @property
    def says_that_nothing_trends(self) -> bool:
        """Whether it is the trending page with its own words for an empty list, not another page."""
        return self._page.css_first(".blankslate") is not None


def _text(article: LexborNode, selector: str) -> str:
    node = article.css_first(selector)
    return node.text().strip() if node is not None else ""


class LicenseWire(Wire):
    """The licence that GitHub recognised; ``NOASSERTION`` when it could not."""

    spdx_id: Text | None = None


class RepositoryWire(Wire):
    """A repository of the search, as far as it is read."""

    full_name: Text
    description: Text | None = None
    language: Text | None = None
    topics: Texts | None = None
    stars: Count | None = Field(None, alias="stargazers_count")
    forks: Count | None = Field(None, alias="forks_count")
    created_at: Moment | None = None
    license: LicenseWire | None = None
