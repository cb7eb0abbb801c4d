"""One item followed over our readings: the choice between several, and what stands under the picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.languages.templates import Html
from bot.languages.words import Words
from bot.texts import terms
from bot.texts.evidence import Reader
from bot.texts.general import notice
from domain.editions import Button, Message
from domain.following import Candidate, Course, Point, figures, ranks
from domain.items import TITLED, Item
from domain.text import plain_line
from formatters.charts import Panel, drawable
from formatters.links import printable_url

#: What the data of a button begins with that follows an item, and a deep link that does.
ITEM: Final = "i"
LINK: Final = "item_"

#: So many are offered when a name means several.
CHOICES: Final = 6
_CHOICE_LENGTH: Final = 48
_NAME_LENGTH: Final = 160
_EXAMPLE: Final = Html("<code>/item owner/name</code>")


def item_callback(number: int) -> str:
    """What a button carries that follows an item: ``i:1234``."""
    return f"{ITEM}:{number}"


def called(item: Item, length: int = _NAME_LENGTH) -> str:
    """What an item is called: its title where it is known by one, else its name."""
    titled = item.key.kind in TITLED and bool(item.title.strip())
    return plain_line(item.title if titled else item.key.external_id, length)


def usage(words: Words) -> Message:
    """The answer to /item without a name."""
    return notice(
        words.say("Write the name of a model, a repository, a paper or a story, as {example}.", example=_EXAMPLE)
    )


def unknown_item(words: Words, name: str) -> Message:
    """When no reading is of anything of that name."""
    said = words.say("None of our readings is of “{name}”.", name=plain_line(name, 60))
    return notice(words.sentences(said, words.say("Look for words in all issues instead: /search")))


def gone(words: Words) -> Message:
    """A link to an item that is not in this paper's readings."""
    return notice(words.say("This item is not among our readings. Find it by its name: {example}", example=_EXAMPLE))


def choices(words: Words, name: str, candidates: Sequence[Candidate]) -> Message:
    """Which of several is meant."""
    buttons = tuple((Button(_choice(words, each.item), callback=item_callback(each.number)),) for each in candidates)
    return notice(words.say("Which “{name}” do you mean?", name=plain_line(name, 60)), buttons)


def _choice(words: Words, item: Item) -> str:
    return words.plain(
        "{name} ({kind}, {site})",
        name=called(item, _CHOICE_LENGTH),
        kind=terms.kind(words, item.key.kind),
        site=terms.site(words, item.key.source),
    )


def panels(words: Words, course: Course) -> list[Panel]:
    """What of an item is drawn: its most telling figure, and its places on one list. Empty for what has neither."""
    drawn = []
    counted, placed = figures(course), ranks(course)
    if counted is not None:
        unit = _on_the_picture(terms.counted(words, counted[0]), terms.site(words, course.candidate.item.key.source))
        drawn.append(Panel(unit, [(point.at, point.value) for point in counted[1]]))
    if placed is not None:
        (source, name), points = placed
        place = _on_the_picture(terms.listed(words, source, name), terms.site(words, source))
        drawn.append(Panel(f"{place}: #", [(one.at, one.value) for one in points], inverted=True))
    return drawn


def _on_the_picture(label: str, otherwise: str) -> str:
    """A label in letters that the picture's font has; what is drawn is told below the picture in any case."""
    return next(filter(drawable, (label.replace("’", "'"), otherwise)), "")


def caption(reader: Reader, course: Course, bot: str | None) -> str:
    """What stands under the picture, without markup: first and last reading, the best place, and the links."""
    words, item = reader.words, course.candidate.item
    site, kind = terms.site(words, item.key.source), terms.kind(words, item.key.kind)
    lines = [called(item), words.plain("{label}: {value}", label=site, value=kind)]
    counted, placed = figures(course), ranks(course)
    if counted is not None:
        lines.append(_counted(reader, terms.counted(words, counted[0]), counted[1]))
    if placed is not None:
        lines.append(_placed(reader, terms.listed(words, *placed[0]), placed[1]))
    moments = (course.standings[0].observed_at, course.standings[-1].observed_at)
    since, until = (words.date(reader.local(moment)) for moment in moments)
    lines.append(_readings(words, len(course.standings), since, until))
    lines += filter(None, (printable_url(item.url), _deep_link(course, bot)))
    return "\n".join(lines)


def _readings(words: Words, number: int, since: str, until: str) -> str:
    """How many readings there are, on which days."""
    if since == until:
        return words.plain_count(
            "From {count} reading of our own, on {day}.",
            "From {count} readings of our own, on {day}.",
            number,
            day=until,
        )
    return words.plain_count(
        "From {count} reading of our own, {since} to {until}.",
        "From {count} readings of our own, {since} to {until}.",
        number,
        since=since,
        until=until,
    )


def _deep_link(course: Course, bot: str | None) -> str | None:
    return f"https://t.me/{bot.lstrip('@')}?start={LINK}{course.candidate.number}" if bot else None


def _counted(reader: Reader, unit: str, points: Sequence[Point]) -> str:
    words, first, last = reader.words, points[0], points[-1]
    now = words.plain(
        "{unit}: {value} on {moment}", value=words.number(last.value), unit=unit, moment=reader.moment(last.at)
    )
    if first is last:
        return words.plain("{reading}.", reading=now)
    before = words.plain("{value} on {moment}", value=words.number(first.value), moment=reader.moment(first.at))
    gain = last.value - first.value
    days = round((last.at - first.at) / timedelta(days=1))
    change = f"{'+' if gain >= 0 else '−'}{words.number(abs(gain))}"
    span = (
        words.plain_count("{change} in {count} day", "{change} in {count} days", days, change=change)
        if days
        else change
    )
    return words.plain("{reading}; {before} ({change}).", reading=now, before=before, change=span)


def _placed(reader: Reader, name: str, points: Sequence[Point]) -> str:
    words, last = reader.words, points[-1]
    best = min(points, key=lambda point: (point.value, -point.at.timestamp()))
    now = words.plain(
        "{list}: No. {place} on {moment}", place=words.number(last.value), list=name, moment=reader.moment(last.at)
    )
    if best.value == last.value:
        return words.plain("{reading}.", reading=now)
    highest = words.plain(
        "best: No. {place} on {moment}", place=words.number(best.value), moment=reader.moment(best.at)
    )
    return words.plain("{reading}; {best}.", reading=now, best=highest)
