"""Questions on GitHub's pages: what AI projects are written in, whose the stars are, how fresh, what they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from domain.items import Item, Source
from domain.readings import Lists, Metric, Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.counts import agreement
from newsroom.insights.insight import slots
from newsroom.insights.mixes import mix
from newsroom.list_figures import enumerated
from newsroom.lookback import ago, farthest_ago, held, in_a_row
from newsroom.phrases.templates import Fragment
from newsroom.record import Comparison, ListKey, Mornings
from newsroom.sections.cuts import Cut, Inquiry, Lines, line
from newsroom.sections.lead_ins import of_projects
from newsroom.sections.looking_back import gain_lines, most_of

DAILY = ListKey(Source.GITHUB, Lists.GITHUB_DAILY)
WEEKLY = ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY)

#: Fewer projects are no page to speak of.
FEWEST_PROJECTS = 5

#: The largest, spoken of together.
TOP = 3

#: What descriptions of AI projects are searched for, in small letters; each is a word of many of them.
TOPICS = ("agent", "mcp", "skill", "memory", "local", "claude", "coding", "video", "voice", "workflow", "terminal")
FEWEST_WITH_TOPIC = 3


def made_of(desk: Desk) -> Iterator[Inquiry]:
    """How many are about AI, in which languages, and where the stars of the languages lie."""
    mornings = desk.mornings(DAILY)
    if mornings is None:
        return
    ours = desk.ours(mornings.today)
    languages = mix(desk, mornings.today, "language", "repositories")
    if len(ours) < FEWEST_PROJECTS or "count" not in languages:
        return
    filled = {
        **languages,
        **slots(size=desk.figures.size(mornings.today, "repositories")),
        **of_projects(desk, mornings.today, ours),
    }
    yield Inquiry(
        "dive_languages",
        DAILY.list,
        DAILY.source,
        filled,
        (
            Cut("How many projects", _how_many(desk, mornings, filled)),
            Cut("In which language", _languages(desk, mornings, filled)),
            Cut("Where the stars lie", _where_stars(desk, ours, filled)),
            Cut("The two ends", _ends(desk, ours)),
        ),
        surprise=0.3,
    )


def _how_many(desk: Desk, mornings: Mornings, filled: Mapping[str, Fragment]) -> Lines:
    lines = line("dive_languages.all", filled, "all", "size")
    days = in_a_row(mornings)
    counts = [desk.about_ai(each, "repositories", rounding.whole) for each in days]
    series = enumerated(tuple(reversed(counts)))
    if series is not None:
        lines += line("dive_languages.series", slots(series=series, since=desk.figures.date(days[-1])))
    return lines


def _languages(desk: Desk, mornings: Mornings, filled: Mapping[str, Fragment]) -> Lines:
    form = "mix" if "other_count" in filled else "one"
    lines = line(f"dive_languages.{form}", filled, "count", "tag")
    before = farthest_ago(mornings, 28, 14, 7) or ago(mornings, 1)
    if before is not None:
        then = mix(desk, before, "language", "repositories")
        when = slots(since=desk.figures.date(before), all=desk.about_ai(before, "repositories"))
        lines += line("dive_languages.earlier", {**then, **when}, "count", "tag", "all")
    return lines


def _where_stars(desk: Desk, ours: Sequence[Reading], filled: Mapping[str, Fragment]) -> Lines:
    """What share of the stars of the day goes to the commonest language, and which project of it leads."""
    shown = [reading for reading in ours if Metric.STARS_TODAY in reading.metrics]
    language = str(filled["tag"][0].text)
    using = [each for each in shown if (item := desk.about(each.item)) and item.tagged("language")[:1] == (language,)]
    if len(using) < 2 or len(using) == len(shown):
        return ()
    stars = desk.cite.readings(shown, Metric.STARS_TODAY)
    part = desk.cite.readings(using, Metric.STARS_TODAY)
    found = slots(
        share=desk.figures.make("100 * sum(part) / sum(all)", {"part": part, "all": stars}, "%", form=rounding.percent),
        sum=desk.figures.make("sum(all)", {"all": stars}, "stars"),
        part=desk.figures.make("sum(part)", {"part": part}, "stars"),
    )
    lines = line("dive_languages.stars", {**filled, **found}, "share", "sum", "part")
    first = most_of(using, Metric.STARS_TODAY)[0]
    own = slots(
        name=desk.cite.name(first.item),
        today=desk.figures.value(first, Metric.STARS_TODAY),
        rank=desk.figures.rank(first),
    )
    return lines + line("dive_languages.first", own, "name", "today", "rank")


def _ends(desk: Desk, ours: Sequence[Reading]) -> Lines:
    by_stars = most_of(ours, Metric.STARS)
    if len(by_stars) < FEWEST_PROJECTS:
        return ()
    filled = slots(
        name=desk.cite.name(by_stars[0].item),
        stars=desk.figures.value(by_stars[0], Metric.STARS),
        other=desk.cite.name(by_stars[-1].item),
        other_stars=desk.figures.value(by_stars[-1], Metric.STARS),
        median=desk.figures.make(
            "median(all)", {"all": desk.cite.readings(by_stars, Metric.STARS)}, "stars", form=rounding.fraction
        ),
    )
    return line("dive_languages.ends", filled, "stars", "other_stars") + line("dive_languages.median", filled, "median")


def whose_stars(desk: Desk) -> Iterator[Inquiry]:
    """The first by GitHub's count, how the day is shared out, and our own difference."""
    mornings = desk.mornings(DAILY)
    if mornings is None:
        return
    shown = most_of(desk.ours(mornings.today), Metric.STARS_TODAY)
    if len(shown) < FEWEST_PROJECTS:
        return
    figures = desk.figures
    filled = slots(
        name=desk.cite.name(shown[0].item),
        short=desk.short(shown[0].item),
        stars=figures.value(shown[0], Metric.STARS_TODAY),
        share=figures.among("top_share", shown, Metric.STARS_TODAY, "%", rounding.percent, top=1),
        top=figures.counted(shown[:TOP], "repositories"),
        top_share=figures.among("top_share", shown, Metric.STARS_TODAY, "%", rounding.percent, top=TOP),
        sum=figures.make("sum(all)", {"all": desk.cite.readings(shown, Metric.STARS_TODAY)}, "stars"),
        count=figures.counted(shown, "repositories"),
        date=figures.date(mornings.today),
        list=desk.list_name(DAILY),
    )
    yield Inquiry(
        "dive_stars",
        DAILY.list,
        DAILY.source,
        filled,
        (
            Cut("By the site's count", _by_count(desk, mornings, shown, filled)),
            Cut("Shared out", _shared_out(desk, shown, filled)),
            Cut("By our own readings", gain_lines(desk, "dive", _own_pages(desk, mornings), Metric.STARS)),
        ),
        surprise=0.4,
    )


def _own_pages(desk: Desk, mornings: Mornings) -> Comparison | None:
    weekly = desk.mornings(WEEKLY)
    return (weekly.against(1) if weekly is not None else None) or mornings.against(1)


def _by_count(desk: Desk, mornings: Mornings, shown: Sequence[Reading], filled: Mapping[str, Fragment]) -> Lines:
    second = shown[1]
    other = slots(other=desk.cite.name(second.item), other_stars=desk.figures.value(second, Metric.STARS_TODAY))
    lines = line("dive_stars.first", {**filled, **other}, "stars", "other_stars")
    own = slots(
        part=desk.figures.part(shown[0], Metric.STARS_TODAY, Metric.STARS),
        total=desk.figures.value(shown[0], Metric.STARS),
    )
    lines += line("dive_stars.part", {**filled, **own}, "part", "total")
    earlier = held(mornings)[1:]
    record = slots(
        lists=desk.figures.of_item_over("readings_below", shown[0], earlier, "lists", metric=Metric.STARS_TODAY)
    )
    return lines + line("dive_stars.record", {**filled, **record}, "lists")


def _shared_out(desk: Desk, shown: Sequence[Reading], filled: Mapping[str, Fragment]) -> Lines:
    middle = slots(
        median=desk.figures.make(
            "median(all)", {"all": desk.cite.readings(shown, Metric.STARS_TODAY)}, "stars", form=rounding.fraction
        )
    )
    lines = line("dive_stars.share", filled, "top", "top_share", "sum", "count")
    lines += line("dive_stars.median", {**filled, **middle}, "median")
    last = slots(name=desk.cite.name(shown[-1].item), stars=desk.figures.value(shown[-1], Metric.STARS_TODAY))
    return lines + line("dive_stars.last", last, "name", "stars")


def how_fresh(desk: Desk) -> Iterator[Inquiry]:
    """What share of their stars the projects of the weekly page won in the week."""
    mornings = desk.mornings(WEEKLY)
    if mornings is None:
        return
    shown = [each for each in desk.ours(mornings.today) if 0 < each.metrics.get(Metric.STARS_WEEK, 0) <= _stars(each)]
    shown.sort(key=lambda each: (each.metrics[Metric.STARS_WEEK] / _stars(each), each.item))
    if len(shown) < FEWEST_PROJECTS:
        return
    figures = desk.figures
    filled = slots(
        name=desk.cite.name(shown[-1].item),
        short=desk.short(shown[-1].item),
        part=figures.part(shown[-1], Metric.STARS_WEEK, Metric.STARS),
        median=figures.among("median_part", shown, Metric.STARS_WEEK, "%", rounding.percent, metric=Metric.STARS.value),
        count=figures.counted(shown, "repositories"),
        date=figures.date(mornings.today),
        list=desk.list_name(WEEKLY),
    )
    yield Inquiry(
        "dive_week",
        WEEKLY.list,
        WEEKLY.source,
        filled,
        (
            Cut("The freshest", _freshest(desk, shown)),
            Cut("The oldest", _oldest(desk, shown, filled)),
            Cut("How the week is shared out", _week_shared(desk, mornings, shown)),
        ),
        surprise=0.4,
    )


def _stars(reading: Reading) -> int:
    return reading.metrics.get(Metric.STARS, 0)


def _freshest(desk: Desk, shown: Sequence[Reading]) -> Lines:
    lines: Lines = ()
    for form, reading in (("freshest", shown[-1]), ("next", shown[-2])):
        lines += line(f"dive_week.{form}", _parts(desk, reading), "name", "part")
    return lines


def _parts(desk: Desk, reading: Reading) -> dict[str, Fragment]:
    return slots(
        name=desk.cite.name(reading.item),
        part=desk.figures.part(reading, Metric.STARS_WEEK, Metric.STARS),
        week=desk.figures.value(reading, Metric.STARS_WEEK),
        stars=desk.figures.value(reading, Metric.STARS),
        rank=desk.figures.rank(reading),
    )


def _oldest(desk: Desk, shown: Sequence[Reading], filled: Mapping[str, Fragment]) -> Lines:
    return line("dive_week.oldest", _parts(desk, shown[0]), "name", "part") + line(
        "dive_week.median", filled, "median", "count"
    )


def _week_shared(desk: Desk, mornings: Mornings, shown: Sequence[Reading]) -> Lines:
    found = slots(
        top=desk.figures.counted(most_of(shown, Metric.STARS_WEEK)[:TOP], "repositories"),
        share=desk.figures.among("top_share", shown, Metric.STARS_WEEK, "%", rounding.percent, top=TOP),
        sum=desk.figures.make("sum(all)", {"all": desk.cite.readings(shown, Metric.STARS_WEEK)}, "stars"),
        count=desk.figures.counted(shown, "repositories"),
    )
    lines = line("dive_week.share", found, "top", "share", "sum")
    both = {"one": Metric.STARS.value, "other": Metric.STARS_WEEK.value}
    coefficient = desk.figures.listed("agreement", mornings.today, "", rounding.coefficient, **both)
    if coefficient is not None:
        agreed = slots(coefficient=coefficient, size=desk.figures.size(mornings.today, "repositories"))
        lines += line(f"dive_week.agree_{agreement(coefficient.value)}", agreed)
    return lines


def what_for(desk: Desk) -> Iterator[Inquiry]:
    """Which words the descriptions share, what they were some days ago, and whose stars they have."""
    for key in (DAILY, WEEKLY):
        mornings = desk.mornings(key)
        if mornings is None:
            continue
        ours = desk.ours(mornings.today)
        topics = _topics(desk, ours)
        if len(ours) >= FEWEST_PROJECTS and len(topics) > 1:
            yield _for(desk, key, mornings, ours, topics)


def _saying(desk: Desk, ours: Sequence[Reading], topic: str) -> list[tuple[Item, Reading, str]]:
    """The items whose description has the word, with the word as the description writes it."""
    found: list[tuple[Item, Reading, str]] = []
    for reading in ours:
        item = desk.about(reading.item)
        match = re.search(rf"\b{topic}", item.summary, re.IGNORECASE) if item is not None else None
        if item is not None and match is not None:
            found.append((item, reading, match.group()))
    return found


def _topics(desk: Desk, ours: Sequence[Reading]) -> list[str]:
    """The words that several descriptions have, commonest first."""
    counted = [(len(_saying(desk, ours, topic)), topic) for topic in TOPICS]
    return [topic for count, topic in sorted(counted, reverse=True) if count >= FEWEST_WITH_TOPIC]


def _topic_slots(desk: Desk, ours: Sequence[Reading], topic: str) -> dict[str, Fragment]:
    saying = _saying(desk, ours, topic)
    quotes = [cited for item, _, word in saying if (cited := desk.cite.words(item, "summary", word)) is not None]
    word = next((quote for item, _, word in saying if (quote := desk.cite.quote(item, "summary", word))), None)
    return slots(count=desk.figures.quoted(quotes, topic, "descriptions"), word=word)


def _for(desk: Desk, key: ListKey, mornings: Mornings, ours: Sequence[Reading], topics: Sequence[str]) -> Inquiry:
    filled = {
        **_topic_slots(desk, ours, topics[0]),
        **of_projects(desk, mornings.today, ours),
    }
    return Inquiry(
        "dive_topics",
        key.list,
        key.source,
        filled,
        (
            Cut("The commonest words", _words(desk, ours, topics, filled)),
            Cut("Some days ago", _words_before(desk, mornings, topics)),
            Cut("Whose stars they have", _stars_of(desk, key, ours, topics[0])),
        ),
        surprise=0.45,
    )


def _words(desk: Desk, ours: Sequence[Reading], topics: Sequence[str], filled: Mapping[str, Fragment]) -> Lines:
    lines = line("dive_topics.first", filled, "count", "word", "all")
    for form, topic in zip(("second", "third"), topics[1:], strict=False):
        lines += line(f"dive_topics.{form}", _topic_slots(desk, ours, topic), "count", "word")
    return lines


def _words_before(desk: Desk, mornings: Mornings, topics: Sequence[str]) -> Lines:
    before = farthest_ago(mornings, 28, 14, 7) or ago(mornings, 1)
    if before is None:
        return ()
    ours = desk.ours(before)
    when = slots(since=desk.figures.date(before), all=desk.about_ai(ours, "repositories"))
    lines: Lines = ()
    for form, topic in zip(("earlier", "also_earlier"), topics, strict=False):
        lines += line(f"dive_topics.{form}", {**_topic_slots(desk, ours, topic), **when}, "count", "word", "all")
    return lines


def _stars_of(desk: Desk, key: ListKey, ours: Sequence[Reading], topic: str) -> Lines:
    metric = Metric.STARS_TODAY if key == DAILY else Metric.STARS_WEEK
    shown = [each for each in ours if metric in each.metrics]
    saying = [each for _, each, _ in _saying(desk, shown, topic)]
    if len(saying) < FEWEST_WITH_TOPIC or len(saying) == len(shown):
        return ()
    part, every = desk.cite.readings(saying, metric), desk.cite.readings(shown, metric)
    first = most_of(saying, metric)[0]
    word = next(
        (quote for item, _, word in _saying(desk, shown, topic) if (quote := desk.cite.quote(item, "summary", word))),
        None,
    )
    found = slots(
        share=desk.figures.make("100 * sum(part) / sum(all)", {"part": part, "all": every}, "%", form=rounding.percent),
        sum=desk.figures.make("sum(all)", {"all": every}, "stars"),
        count=desk.figures.counted(saying, "repositories"),
        word=word,
    )
    own = slots(
        name=desk.cite.name(first.item),
        stars=desk.figures.value(first, metric),
        total=desk.figures.value(first, Metric.STARS),
        rank=desk.figures.rank(first),
    )
    form = "day" if key == DAILY else "week"
    return line(f"dive_topics.share_{form}", found, "share", "sum") + line(
        f"dive_topics.leader_{form}", own, "name", "stars", "total"
    )
