"""Recorded days of the real sources as mornings that the local sources can serve in wire format again.

``replay(recordings, day)`` is one whole morning; ``mornings`` runs over days; ``series_mornings`` replays one series
alone, file by file. What feeds which list of a morning, the first that has the day winning:

=============== =====================================================================================================
list            recorded series
=============== =====================================================================================================
models          models30-spaces20-daily, list1000-models, models-atom (alone only: -6hourly, -empty-runs,
                api-trending-models, scored-items)
spaces          models30-spaces20-daily, list1000-spaces
datasets        list1000-datasets, datasets-atom; else an empty list
papers          papers-hn-arxiv-media-daily, daily-atom (alone only: by-date-backfill, scored-items)
github_daily    daily-json, atom-daily (alone only: the ai_daily of weekly-and-daily-lists)
..._python      none (alone only: by-language-month, whose hour is unknown and whose stars contradict the daily page)
github_weekly   weekly-and-daily-lists, most gained first; _python: its first run of Python rows
github_search   topic-queries-daily
ossinsight_day  trends-repos
arxiv_recent    api-72h-daily, api-recent-1000, api-by-submission-day
arxiv_listing   api-72h-daily (its announced rows), papers-hn-arxiv-media-daily
hn_front_page   frontpage-and-queries-daily
hn_search       frontpage-and-queries-daily, keyword-queries-daily, papers-hn-arxiv-media-daily, best-atom,
                firebase-and-algolia-72h, all together
feeds           parsed-37-feeds-daily, parsed-claude-rss, parsed-openai-rss, papers-hn-arxiv-media-daily,
                generated-rss/* (their own bytes), all together (alone only: scored-articles, scored-items)
=============== =====================================================================================================

Not replayed, because no list of the paper is read from them: ossinsight/hot-collections, ossinsight/collection-rankings
and reddit/*.

A list that no series has for the day is refused by its site, never empty. A file belongs to the day (UTC) on which it
was observed, whatever its name says: those of topic-queries-daily, keyword-queries-daily and parsed-37-feeds-daily were
made in the Japanese morning and bear the date of the day after. ``by-date-backfill`` was read weeks later, so that its
upvotes are not those of the day; it is replayed alone, at the time when it was read.

What a projection does not know is left out of the wire as the site would leave it out (task, library, tags, dates,
authors, licence, the text of a text post); where the site always has a figure, the neutral value is: size 0 and
score 1.0 (search), ids made from names, comments 0 (papers), an empty author list.
"""

from __future__ import annotations

from sandbox.replay.merging import mornings, replay, series_mornings
from sandbox.replay.series import SERIES, TECHNOLOGY_FEEDS

__all__ = ["SERIES", "TECHNOLOGY_FEEDS", "mornings", "replay", "series_mornings"]
