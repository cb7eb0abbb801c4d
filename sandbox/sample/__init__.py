"""The bundled sample: eight mornings of a made-up week in AI, written for the demo and marked as a sample.

No model, repository, paper, story or publisher in it exists: owners end in ``-sample``, addresses in ``.example``, and
no id is one that a real site has given. The texts stand in the ``.toml`` files beside this module; the daily figures
follow from them by the rules in ``course``, the same on every run.

What happens in the week: the Heron 3 models are released on Tuesday and take a third of the list, with the same story
on GitHub, arXiv, Hacker News and in several feeds; last week's Basalt falls as its launch day leaves the window; the
coding agent Kiln rises from Thursday on, with a long discussion. arXiv rests at weekends, OSS Insight is out on
Wednesday, one feed on the last Saturday. A few entries are hostile: markup, reordered text, orders to a model, a script
as a link.
"""

from __future__ import annotations

from functools import cache

from sandbox.sample import feeds, github, hackernews, hub, papers
from sandbox.sample.course import DAYS, moment
from sandbox.sources.world import Morning

#: The day on which OSS Insight cannot be read.
OSSINSIGHT_OUT = 4


@cache
def mornings() -> tuple[Morning, ...]:
    """The eight mornings, 15 to 22 August 2026, each at 05:30 UTC."""
    return tuple(_morning(day) for day in range(DAYS))


def _morning(day: int) -> Morning:
    return Morning(
        at=moment(day),
        models=hub.models(day),
        datasets=hub.datasets(day),
        spaces=hub.spaces(day),
        papers=papers.daily(day),
        github_daily=github.trending(day, "daily"),
        github_daily_python=github.trending(day, "daily", language="Python"),
        github_weekly=github.trending(day, "weekly"),
        github_weekly_python=github.trending(day, "weekly", language="Python"),
        github_search=github.search(day),
        ossinsight_day=None if day == OSSINSIGHT_OUT else github.second_opinion(day),
        arxiv_recent=papers.recent(day),
        arxiv_listing=papers.listing(day),
        hn_front_page=hackernews.front_page(day),
        hn_search=hackernews.known(day),
        feeds=feeds.feeds(day),
    )
