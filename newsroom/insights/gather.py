"""All insights of a morning."""

from __future__ import annotations

from newsroom.desk import Desk
from newsroom.insights.co_movement import co_movement_insights
from newsroom.insights.counts import count_insights
from newsroom.insights.echo import echo_insights
from newsroom.insights.gains import gain_insights
from newsroom.insights.histories import history_insights
from newsroom.insights.insight import Insight
from newsroom.insights.makes import make_insights
from newsroom.insights.names import name_insights
from newsroom.insights.quiet import quiet_insights
from newsroom.insights.ranks import rank_insights
from newsroom.insights.shares import share_insights
from newsroom.insights.stays import stay_insights
from newsroom.insights.talk import talk_insights
from newsroom.insights.themes import theme_insights

DESKS = (
    rank_insights,
    gain_insights,
    name_insights,
    talk_insights,
    count_insights,
    echo_insights,
    co_movement_insights,
    theme_insights,
    history_insights,
    share_insights,
    make_insights,
    stay_insights,
)


def gather(desk: Desk) -> tuple[Insight, ...]:
    """Everything that could be told today; of two that tell the same thing the first."""
    found: dict[str, Insight] = {}
    for insights in DESKS:
        for insight in insights(desk):
            found.setdefault(insight.key, insight)
    for insight in tuple(quiet_insights(desk, found.values())):
        found.setdefault(insight.key, insight)
    return tuple(found.values())
