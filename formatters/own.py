"""Readers' own issues as pages: rendered once for each combination, of pieces that are set once for the day."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from domain.combinations import Combination
from domain.editions import FRONT, Message, Style
from domain.issue import Issue, Paper
from formatters.classic.edition import ClassicFronts, classic_page
from formatters.rich.edition import RichFronts, rich_page


class OwnIssues:
    """The pages of readers' own issues of one day. ``made`` gives the issue that a combination asks for."""

    def __init__(self, made: Callable[[Combination], Issue], issue: Issue, paper: Paper) -> None:
        self._made = made
        self._issue = issue
        self._paper = paper

    @cached_property
    def _classic(self) -> ClassicFronts:
        return ClassicFronts(self._issue, self._paper)

    @cached_property
    def _rich(self) -> RichFronts:
        return RichFronts(self._issue, self._paper)

    def page(self, wanted: Combination, style: Style, page: str) -> Message | None:
        """One page in the classic or the rich style; None when there is no such page, or no such style for chats."""
        if style not in {Style.CLASSIC, Style.RICH}:
            return None
        issue = self._made(wanted)
        if page == FRONT:
            fronts = self._classic if style is Style.CLASSIC else self._rich
            return fronts.front(issue, own=True)
        part = next((section for section in issue.sections if section.name == page), None)
        if part is None:
            return None
        return (classic_page if style is Style.CLASSIC else rich_page)(issue, part, self._paper)
