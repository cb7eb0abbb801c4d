"""The fixed text of the paper: every word that a formatter prints and that stands in no claim."""

from __future__ import annotations

from collections.abc import Mapping

from domain.issue import SectionName
from domain.items import Source
from domain.readings import HarvestStatus

SAMPLE = "SAMPLE ISSUE — made from sample data"
SHORTENED = "Shortened to fit one message."
MORE = "More behind the button."
BEHIND = "Behind the buttons:"
VIEW = "View."
EDITED = "✎"
EDITORS_WORDS = "✎ marks the words of our editor; what they state is checked like all the rest."
BACK = "◀ Front page"
COVERAGE = "Sources"
LINKS = "Links"
NUMBER = "No."
DIGEST = " · The week in one issue"
AS_OF = "As of"
CHANNEL = "Channel"
BOT = "Bot"
OPEN_CHANNEL = "Open the channel"
OPEN_BOT = "Open the bot"
SCAN = "Scan to join:"

#: What the buttons of a keyboard say: three of them share a line on a phone.
BUTTONS: Mapping[SectionName, str] = {
    SectionName.LEAD: "Lead",
    SectionName.NUMBERS: "Numbers",
    SectionName.DEEPDIVE: "Deep Dive",
    SectionName.OPINION: "Opinion",
    SectionName.TOOLS: "Tools",
    SectionName.TRENDING: "Trending",
    SectionName.MOVERS: "Movers",
    SectionName.READING: "Reading",
    SectionName.SUBSCRIBE: "Subscribe",
    SectionName.FOR_YOU: "For You",
}

#: What the sources are called in the coverage.
SOURCES: Mapping[Source, str] = {
    Source.HUGGINGFACE: "Hugging Face",
    Source.GITHUB: "GitHub",
    Source.OSSINSIGHT: "OSS Insight",
    Source.ARXIV: "arXiv",
    Source.HACKERNEWS: "Hacker News",
    Source.FEEDS: "lab and press feeds",
    Source.POLL: "our poll in the channel",
}

#: How the coverage tells of each way of answering, in this order.
ANSWERS: Mapping[HarvestStatus, str] = {
    HarvestStatus.OK: "Read in full:",
    HarvestStatus.PARTIAL: "Read in part:",
    HarvestStatus.EMPTY: "Nothing new was listed:",
    HarvestStatus.FAILED: "No answer:",
}

#: What kept a list from us, by what its harvest notes; it follows "the rest", "it" or "they".
REASONS: tuple[tuple[str, str], ...] = (
    (r"\b(?:404|410|gone|not found|moved)\b", "could not be found at the known address"),
    (r"\b(?:401|402|403|407|451|forbidden|unauthori[sz]ed|robots)\b", "turned us away"),
    (r"\b(?:429|too many|slow down|rate limit\w*|quota)\b", "asked us to wait"),
    (r"\b(?:5\d\d|error of its own|server error|bad gateway|unavailable)\b", "failed at the source"),
    (
        r"\b(?:timed out|timeout|too long|no answer|nobody answered|unreachable|refused|reset|connect\w*|resolve\w*)\b",
        "did not answer in time",
    ),
)
UNREADABLE = "could not be read"
THE_REST = "the rest"
IT = "it"
THEY = "they"

#: How the coverage tells of days without a reading.
NOTHING_READ = "Our record holds nothing"
ON = "of"
FROM = "from"
TO = "to"

#: What the groups of the Trending section are called.
GROUPS: Mapping[str, str] = {
    Source.HUGGINGFACE.value: SOURCES[Source.HUGGINGFACE],
    Source.GITHUB.value: SOURCES[Source.GITHUB],
}
