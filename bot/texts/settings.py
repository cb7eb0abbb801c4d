"""What is said of a reader's settings: one message, a page of it for each setting, each with a way back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from typing import Final

from bot.languages.lookup import LANGUAGES, names, spoken
from bot.languages.words import Words
from bot.texts import places
from bot.texts import sections as titles
from bot.texts.general import notice
from domain.editions import Button, Keyboard, Message, Style
from domain.issue import SectionName
from domain.preferences import Nearness, NextPaper, Refusal, all_sections_of, sections_of
from domain.readers import Cadence, Subscriber, SubscriberState
from domain.text import plain_line
from formatters.rich.sample import rich_sample

#: What the data of every button of the settings begins with.
SETTINGS: Final = "s"

#: What the button carries that opens the topics.
TOPICS: Final = "t:0"

#: Zones on one page, in two columns.
ZONES_ON_A_PAGE: Final = 16

Row = tuple[Button, ...]


def callback(page: str, *values: object) -> str:
    """What a button carries: ``s:hour`` opens a page, ``s:hour:7`` sets."""
    return ":".join([SETTINGS, page, *map(str, values)])


def home(words: Words, reader: Subscriber, following: NextPaper | None) -> Message:
    """All settings at a glance, and a button for each."""
    lines = [f"<b>{words.say('Settings')}</b>", when(words, reader), next_line(words, following)]
    paused = reader.state is SubscriberState.PAUSED
    sections = len(sections_of(reader)), len(all_sections_of(reader))
    shown = words.plain("{count} of {all}", count=words.number(sections[0]), all=words.number(sections[1]))
    rows = (
        _two(
            _named(words, words.plain("Hour"), words.hour(reader.hour), "hour"),
            _named(words, words.plain("Zone"), places.clock(words, reader.zone), "zone"),
        ),
        _two(
            _named(words, words.plain("Days"), _days_in_short(words, reader), "days"),
            _named(words, words.plain("How often"), cadence_name(words, reader.cadence), "cadence"),
        ),
        _two(
            _named(words, words.plain("Sections"), shown, "sections"),
            Button(
                _labelled(words, words.plain("Topics"), words.number(len(reader.topics) + len(reader.keywords))),
                callback=TOPICS,
            ),
        ),
        _two(
            _named(words, words.plain("Layout"), style_name(words, reader.style), "style"),
            _named(words, words.plain("Sound"), words.plain("off") if reader.silent else words.plain("on"), "silent"),
        ),
        _two(
            _named(words, words.plain("Language"), names()[spoken(reader.language) or LANGUAGES[0]], "language"),
            Button(words.plain("Come back now"), callback=callback("pause", "off"))
            if paused
            else Button(words.plain("Pause"), callback=callback("pause")),
        ),
    )
    return notice("\n".join(filter(None, lines)), rows)


def when(words: Words, reader: Subscriber) -> str:
    """At what hour, in which zone and on which days the issue comes; or until when it does not."""
    place = {"hour": words.hour(reader.hour), "zone": places.clock(words, reader.zone)}
    if reader.state is SubscriberState.PAUSED:
        if reader.paused_until is None:
            return words.say("Paused until you come back.")
        return words.say("Paused until {day}.", day=words.full_date(reader.paused_until))
    if reader.state is not SubscriberState.ACTIVE:
        return words.say("You are not subscribed.")
    if reader.cadence is Cadence.WEEKLY:
        return words.say("The digest of the week comes every Sunday at {hour} ({zone}).", **place)
    if len(reader.weekdays) == 7:
        return words.say("Your issue comes every day at {hour} ({zone}).", **place)
    days = words.all_of([words.weekday(day) for day in _week(words) if day in reader.weekdays])
    return words.say("Your issue comes at {hour} ({zone}) on: {days}.", days=days, **place)


def next_line(words: Words, following: NextPaper | None) -> str:
    """When the next paper comes; empty when none does."""
    if following is None:
        return ""
    hour = f"{following.at:%H:%M}"
    if following.nearness is Nearness.TODAY:
        return words.say("The next one: today, {hour}.", hour=hour)
    if following.nearness is Nearness.TOMORROW:
        return words.say("The next one: tomorrow, {hour}.", hour=hour)
    return words.say("The next one: {day}, {hour}.", day=words.full_date(following.at.date()), hour=hour)


def hours(words: Words, reader: Subscriber) -> Message:
    """The 24 hours."""
    text = words.say(
        "At what hour shall the paper come? This is your local time, in {zone}.", zone=places.clock(words, reader.zone)
    )
    buttons = [_chosen(words.hour(hour), hour == reader.hour, "hour", hour) for hour in range(24)]
    return _page(words, text, _rows(buttons, 4))


def continents(words: Words, reader: Subscriber, names: Sequence[str], private: bool) -> Message:
    """The parts of the world, and the other ways to say where one is."""
    text = words.say("Your time zone is {zone}. Where are you?", zone=places.clock(words, reader.zone))
    ways = [Button(words.plain("Type a city"), callback=callback("city"))]
    if private:
        ways.append(Button(words.plain("Share my location once"), callback=callback("where")))
    buttons = [Button(places.continent(words, name), callback=callback("zone", name)) for name in names]
    return _page(words, text, (tuple(ways), *_rows(buttons, 2)))


def zones(words: Words, reader: Subscriber, continent: str, listed: Sequence[str], page: int) -> Message:
    """The cities of a part of the world, page by page."""
    text = words.say(
        "Your time zone is {zone}. Choose a city with the same clock.", zone=places.clock(words, reader.zone)
    )
    first = page * ZONES_ON_A_PAGE
    shown = places.in_order(words, listed)[first : first + ZONES_ON_A_PAGE]
    turns = [(-1, words.back())] * (page > 0) + [(1, words.onward())] * (first + ZONES_ON_A_PAGE < len(listed))
    turning = tuple(Button(sign, callback=callback("zone", continent, page + step)) for step, sign in turns)
    return _page(words, text, (*_rows(_zone_buttons(words, reader, shown), 2), turning), back="zone")


def ask_city(words: Words) -> Message:
    """Asks for a city in writing."""
    return _page(words, words.say("Write me your city, or the largest one near you."), (), back="zone")


def found_zones(words: Words, reader: Subscriber, found: Sequence[str]) -> Message:
    """What a typed city may mean."""
    text = words.say("In which of these cities is it the same time as where you are?")
    return _page(words, text, _rows(_zone_buttons(words, reader, found), 2), back="zone")


def no_such_city(words: Words, typed: str) -> Message:
    """A typed city that the list does not have."""
    text = words.say(
        "I don't know {city}. Try the largest city near you, or choose from the list.",
        city=plain_line(typed[:200])[:40],
    )
    return _page(words, text, ((Button(words.plain("Type a city"), callback=callback("city")),),), back="zone")


def ask_location(words: Words) -> tuple[Message, str]:
    """Asks for the location once, and the words of the button that shares it."""
    text = words.say("Press the button below to share where you are. It tells me your time zone, and is not stored.")
    return notice(text), words.plain("Share my location")


def located(words: Words, zone: str) -> Message:
    """The zone that a location has."""
    text = words.say("Your time zone is now {zone}. Where you are was not stored.", zone=places.clock(words, zone))
    return notice(f"{text} /settings")


def not_located(words: Words) -> Message:
    """No zone was found for a location."""
    return notice(f"{words.say('I could not find the time zone of that place. Choose it from the list:')} /settings")


def days(words: Words, reader: Subscriber) -> Message:
    """The days of the week, each on or off."""
    buttons = [_switch(words.weekday(day), day in reader.weekdays, "days", day) for day in _week(words)]
    return _page(words, words.say("On which days shall the paper come?"), _rows(buttons, 2))


def cadence(words: Words, reader: Subscriber) -> Message:
    """Daily or weekly."""
    text = words.say("Every day, or one digest of the week on Sunday?")
    buttons = [_chosen(cadence_name(words, one), one is reader.cadence, "cadence", one.value) for one in Cadence]
    return _page(words, text, (tuple(buttons),))


def sections(words: Words, reader: Subscriber) -> Message:
    """The sections in the reader's order: each on or off, up or down."""
    text = words.say("Press a section to switch it on or off, and an arrow to move it.")
    on = sections_of(reader)
    rows: list[Row] = []
    for name in all_sections_of(reader):
        row = [_switch(titles.short(words, SectionName(name)), name in on, "sections", name)]
        if name in on:
            place = on.index(name)
            row += [Button("⬆", callback=callback("move", name, place - 1))] if place else []
            row += [Button("⬇", callback=callback("move", name, place + 1))] if place < len(on) - 1 else []
        rows.append(tuple(row))
    return _page(words, text, tuple(rows))


def silent(words: Words, reader: Subscriber) -> Message:
    """With a sound or without."""
    text = words.say("Shall the paper come with a sound?")
    on, off = (
        _chosen(said, reader.silent is value, "silent", int(value))
        for said, value in (
            (words.plain("With sound"), False),
            (words.plain("Without sound"), True),
        )
    )
    return _page(words, text, ((on, off),))


def languages(words: Words, reader: Subscriber) -> Message:
    """The languages of the conversation, each named in itself."""
    now = spoken(reader.language) or LANGUAGES[0]
    buttons = [_chosen(name, code == now, "language", code) for code, name in names().items()]
    text = words.say("In which language shall I speak with you? The paper itself is printed in its own.")
    return _page(words, text, _rows(buttons, 3))


def pauses(words: Words, today: date) -> Message:
    """How long nothing shall come."""
    ahead = (
        (words.plain("Skip tomorrow's"), timedelta(days=2)),
        (words.plain("A week"), timedelta(days=7)),
        (words.plain("A month"), timedelta(days=30)),
    )
    buttons = [Button(said, callback=callback("pause", f"{today + span:%Y%m%d}")) for said, span in ahead]
    typed = Button(words.plain("Until a date"), callback=callback("date"))
    return _page(
        words,
        words.say("How long shall the pause be? After it, the paper comes by itself."),
        (tuple(buttons), (typed,)),
    )


def ask_date(words: Words, example: date) -> Message:
    """Asks for a date in writing."""
    text = words.say("Write me the day on which the paper shall come again, as {example}.", example=words.date(example))
    return _page(words, text, (), back="pause")


def wrong_date(words: Words, example: date) -> Message:
    """A date that can't be read, or lies in the past or too far ahead."""
    text = words.say("I need a day between tomorrow and a year from now, as {example}.", example=words.date(example))
    return _page(words, text, ((Button(words.plain("Until a date"), callback=callback("date")),),), back="pause")


def layouts(words: Words) -> Message:
    """The rich sample, whose answer sets the layout."""
    yes = Button(words.plain("Yes"), callback=callback("style", Style.RICH.value))
    no = Button(words.plain("No"), callback=callback("style", Style.CLASSIC.value))
    return sample(words, ((yes, no), (_back(words),)))


def sample(words: Words, answers: Keyboard) -> Message:
    """A small rich table: who sees it, reads the rich layout."""
    table = (
        (words.plain("Layout"), words.plain("Shown as")),
        (words.plain("classic"), words.plain("text")),
        (words.plain("rich"), words.plain("tables")),
    )
    return rich_sample(words.plain("A sample"), table, words.plain("Do you see the table?"), answers)


def no_rich_here(words: Words) -> str:
    """Shown where the server lacks rich messages."""
    return words.plain("Telegram can't show tables here yet, so the classic layout stays.")


def refused(words: Words, refusal: Refusal) -> str:
    """Why a press changes nothing."""
    if refusal is Refusal.LAST:
        return words.plain("At least one has to stay on.")
    return words.plain("That is set already.")


def not_subscribed_press(words: Words) -> str:
    """What is shown to somebody whose settings are gone."""
    return words.plain("This chat is not subscribed: /start")


def cadence_name(words: Words, cadence: Cadence) -> str:
    """Daily or weekly, as a button says it."""
    return words.plain("daily") if cadence is Cadence.DAILY else words.plain("weekly")


def style_name(words: Words, style: Style) -> str:
    """A layout, as a button says it."""
    return words.plain("rich") if style is Style.RICH else words.plain("classic")


def _days_in_short(words: Words, reader: Subscriber) -> str:
    if len(reader.weekdays) == 7:
        return words.plain("all")
    return " ".join(words.short_weekday(day) for day in _week(words) if day in reader.weekdays)


def _week(words: Words) -> list[int]:
    return [(words.first_weekday + number) % 7 for number in range(7)]


def _zone_buttons(words: Words, reader: Subscriber, listed: Sequence[str]) -> list[Button]:
    return [_chosen(places.clock(words, zone), zone == reader.zone, "in", zone) for zone in listed]


def _labelled(words: Words, label: str, value: str) -> str:
    return words.plain("{label}: {value}", label=label, value=value)


def _named(words: Words, label: str, value: str, page: str) -> Button:
    return Button(_labelled(words, label, value), callback=callback(page))


def _chosen(text: str, now: bool, page: str, value: object) -> Button:
    return Button(f"✓ {text}" if now else text, callback=callback(page, value))


def _switch(text: str, on: bool, page: str, name: object) -> Button:
    """A switch says what it sets, not that it turns: pressed twice it sets the same."""
    return Button(f"{'✅' if on else '▫️'} {text}", callback=callback(page, name, int(not on)))


def _two(one: Button, other: Button) -> Row:
    return (one, other)


def _rows(buttons: Sequence[Button], width: int) -> Keyboard:
    return tuple(tuple(buttons[place : place + width]) for place in range(0, len(buttons), width))


def _back(words: Words, page: str = "home") -> Button:
    return Button(words.plain("◀ Back"), callback=callback(page))


def _page(words: Words, text: str, rows: Keyboard, back: str = "home") -> Message:
    return notice(f"<b>{escape(words.plain('Settings'))}</b>\n{text}", (*filter(None, rows), (_back(words, back),)))
