"""Questions on Hugging Face's page of papers: what readers vote for, and how many papers a day brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from domain.items import Source
from domain.readings import Lists, Metric, Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.gains import gainers
from newsroom.insights.insight import slots
from newsroom.list_figures import enumerated
from newsroom.lookback import in_a_row
from newsroom.phrases.templates import Fragment
from newsroom.record import ListKey, Mornings
from newsroom.sections.cuts import Cut, Inquiry, Lines, line
from newsroom.sections.looking_back import most_of, pair_slots

PAPERS = ListKey(Source.HUGGINGFACE, Lists.DAILY_PAPERS)
ARXIV = ListKey(Source.ARXIV, Lists.ARXIV_LISTING)

#: Fewer papers are no page to speak of; fewer days have no rhythm.
FEWEST_PAPERS = 6
FEWEST_DAYS = 5

#: The first, spoken of together.
TOP = 3


def voted(desk: Desk) -> Iterator[Inquiry]:
    """The first, the middle, and what a day adds."""
    mornings = desk.mornings(PAPERS)
    if mornings is None:
        return
    shown = most_of(desk.ours(mornings.today), Metric.UPVOTES)
    if len(shown) < FEWEST_PAPERS:
        return
    figures = desk.figures
    votes = desk.cite.readings(shown, Metric.UPVOTES)
    filled = slots(
        top=figures.counted(shown[:TOP], "papers"),
        share=figures.among("top_share", shown, Metric.UPVOTES, "%", rounding.percent, top=TOP),
        sum=figures.make("sum(all)", {"all": votes}, "upvotes"),
        count=figures.counted(shown, "papers"),
        median=figures.make("median(all)", {"all": votes}, "upvotes", form=rounding.fraction),
        date=figures.date(mornings.today),
        list=desk.list_name(PAPERS),
    )
    yield Inquiry(
        "dive_votes",
        PAPERS.list,
        PAPERS.source,
        filled,
        (
            Cut("The first", _first(desk, shown)),
            Cut("Shared out", _shared(desk, filled)),
            Cut("Since yesterday", _since_yesterday(desk, mornings)),
            Cut("Votes and comments", _commented(desk, shown)),
        ),
        surprise=0.4,
    )


def _paper(desk: Desk, reading: Reading) -> dict[str, Fragment]:
    return slots(
        name=desk.cite.name(reading.item),
        upvotes=desk.figures.value(reading, Metric.UPVOTES),
        comments=desk.figures.value(reading, Metric.COMMENTS),
    )


def _first(desk: Desk, shown: Sequence[Reading]) -> Lines:
    return line("dive_votes.first", _paper(desk, shown[0]), "upvotes") + line(
        "dive_votes.second", _paper(desk, shown[1]), "upvotes"
    )


def _shared(desk: Desk, filled: Mapping[str, Fragment]) -> Lines:
    return line("dive_votes.share", filled, "top", "share", "sum") + line("dive_votes.median", filled, "median")


def _since_yesterday(desk: Desk, mornings: Mornings) -> Lines:
    both = mornings.against(1)
    pairs = gainers(desk, both, Metric.UPVOTES) if both is not None else []
    if both is None or not pairs or (pairs[0].change(Metric.UPVOTES) or 0) <= 0:
        return ()
    lines = line("dive.gain", pair_slots(desk, both, pairs[0], Metric.UPVOTES), "gain")
    new = desk.figures.new_since(mornings.today, both.before, "papers") if both.before.can_miss(both.after) else None
    found = slots(new=new, size=desk.figures.size(mornings.today, "papers"), since=desk.figures.date(both.before))
    return lines + line("dive_votes.new", found, "new", "size")


def _commented(desk: Desk, shown: Sequence[Reading]) -> Lines:
    talked = most_of(shown, Metric.COMMENTS)
    if not talked:
        return ()
    return line("dive_votes.commented", _paper(desk, talked[0]), "comments", "upvotes")


def rhythm(desk: Desk) -> Iterator[Inquiry]:
    """How many papers each day of the week brought, the most and the fewest, and what a day's page is about."""
    for key in (PAPERS, ARXIV):
        mornings = desk.mornings(key)
        days = in_a_row(mornings) if mornings is not None else ()
        if mornings is not None and len(days) >= FEWEST_DAYS and len({len(day) for day in days}) > 2:
            yield _rhythm(desk, key, mornings)


def _rhythm(desk: Desk, key: ListKey, mornings: Mornings) -> Inquiry:
    days = in_a_row(mornings)
    most, least = max(days, key=len), min(days, key=len)
    figures = desk.figures
    filled = slots(
        most=figures.size(most, "papers"),
        most_day=figures.date(most, rounding.day),
        least=figures.size(least, "papers"),
        least_day=figures.date(least, rounding.day),
        series=enumerated([figures.size(day, "papers") for day in reversed(days)]),
        since=figures.date(days[-1]),
        date=figures.date(mornings.today),
        today=figures.size(mornings.today, "papers"),
        median=figures.make("median(all)", {"all": desk.cite.lists(days)}, "papers", form=rounding.fraction),
        list=desk.list_name(key),
    )
    return Inquiry(
        "dive_rhythm",
        key.list,
        key.source,
        filled,
        (
            Cut(
                "Day by day",
                line("dive_rhythm.series", filled, "series") + line("dive_rhythm.median", filled, "median"),
            ),
            Cut("The two ends", line("dive_rhythm.ends", filled, "most", "least") + _votes(desk, mornings)),
            Cut("What is new", _new(desk, mornings)),
        ),
        surprise=min(0.3 + (len(most) - len(least)) / max(len(most), 1) / 3, 0.6),
    )


def _votes(desk: Desk, mornings: Mornings) -> Lines:
    shown = most_of(desk.ours(mornings.today), Metric.UPVOTES)
    return line("dive_votes.first", _paper(desk, shown[0]), "upvotes") if shown else ()


def _new(desk: Desk, mornings: Mornings) -> Lines:
    both = mornings.against(1)
    if both is None or not both.before.can_miss(both.after):
        return ()
    found = slots(
        new=desk.figures.new_since(mornings.today, both.before, "papers"),
        size=desk.figures.size(mornings.today, "papers"),
        since=desk.figures.date(both.before),
    )
    shown = most_of(desk.ours(mornings.today), Metric.UPVOTES)
    votes = slots(
        top=desk.figures.counted(shown[:TOP], "papers"),
        share=desk.figures.among("top_share", shown, Metric.UPVOTES, "%", rounding.percent, top=TOP),
        sum=desk.figures.make("sum(all)", {"all": desk.cite.readings(shown, Metric.UPVOTES)}, "upvotes")
        if shown
        else None,
    )
    return line("dive_votes.new", found, "new", "size") + line("dive_votes.share", votes, "top", "share", "sum")
