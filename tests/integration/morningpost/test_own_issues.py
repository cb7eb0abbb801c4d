"""A published morning with readers who have wishes: each is sent his own issue, and the paper where that can't be."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.languages.lookup import words_of
from bot.texts import sections
from domain.combinations import PLAIN, Combination, FormKey
from domain.deliveries import BroadcastId
from domain.editions import CHANNEL, FRONT, Message, Style, parse_page_callback
from domain.evidence import QuoteEvidence, ReadingEvidence
from domain.issue import SectionName
from domain.ledger import Form
from domain.overset import Overset
from domain.readers import ChatId, Subscriber
from formatters.keyboards import labelled
from morningpost.services.newsstand import Newsstand, Words
from morningpost.wiring import House
from sandbox import sample
from sandbox.telegram import Reader
from storage.doubts import Doubt
from storage.schema import CitationKind
from tests.integration.drafted import DRAFTED, Clock, house_in
from tests.integration.house import morning_at_work

AGENTS = Combination(topics=("agents", "code"))
ANNA, BERT = ChatId(1001), ChatId(1002)


@pytest.fixture
def house(lived: Path, tmp_path: Path) -> Iterator[House]:
    clock = Clock()
    clock.now = sample.mornings()[2].at + timedelta(minutes=2)
    opened = house_in(shutil.copytree(lived, tmp_path / "house"), clock)
    opened.subscribers.join(Subscriber(ANNA, clock.now, topics=frozenset(AGENTS.topics)))
    opened.subscribers.join(Subscriber(BERT, clock.now))
    opened.desk.publish(DRAFTED, "anna", now=True)
    yield opened
    opened.database.close()


def sent(house: House, own: FormKey, style: Style = Style.CLASSIC, *, to_channel: bool = False) -> Message:
    """The words that leave for a form."""
    words = Words(house.issues, house.outbox, house.press)
    found = words(Form(BroadcastId(1), DRAFTED, style, to_channel=to_channel, own=own))
    assert found is not None
    return found


def paper(house: House, style: Style = Style.CLASSIC, page: str = FRONT) -> Message:
    edition = house.issues.edition(DRAFTED, style)
    assert edition is not None
    return edition.pages[page]


def texts(page: Message) -> list[str]:
    return [button.text for row in page.keyboard for button in row]


def callbacks(page: Message) -> list[tuple[date, str]]:
    """What the buttons open, in their order."""
    opened = [parse_page_callback(button.callback or "") for row in page.keyboard for button in row]
    return [target for target in opened if target is not None]


@pytest.mark.parametrize("style", [Style.CLASSIC, Style.RICH])
def test_who_wants_nothing_else_gets_the_approved_bytes(house: House, style: Style) -> None:
    assert sent(house, PLAIN, style) == paper(house, style)


@pytest.mark.parametrize("style", [Style.CLASSIC, Style.RICH])
def test_a_reader_with_topics_gets_what_he_follows(house: House, style: Style) -> None:
    own = sent(house, AGENTS.key, style)
    assert own.style is style
    assert own != paper(house, style)
    assert "for you" in own.body.lower()


@pytest.mark.parametrize("style", [Style.CLASSIC, Style.RICH])
def test_a_reader_of_another_language_gets_the_approved_text_with_buttons_in_his(house: House, style: Style) -> None:
    house.subscribers.change(BERT, language="ru")
    own = sent(house, Combination(language="ru").key, style)
    approved = paper(house, style)
    assert (own.body, own.preview_url) == (approved.body, approved.preview_url)
    assert callbacks(own) == callbacks(approved)
    assert texts(own) == [sections.short(words_of("ru"), SectionName(page)) for _, page in callbacks(own)]


def test_wishes_and_a_language_together_give_his_own_issue_with_his_buttons(house: House) -> None:
    english = sent(house, AGENTS.key)
    house.subscribers.change(ANNA, language="ar")
    arabic = sent(house, replace(AGENTS, language="ar").key)
    assert arabic.body == english.body
    assert callbacks(arabic) == callbacks(english)
    assert texts(arabic) != texts(english)


def test_a_page_that_is_turned_comes_as_it_is_printed_and_the_conversation_labels_it(house: House) -> None:
    house.subscribers.change(BERT, language="ru")
    stand = Newsstand(house.issues, house.outbox, house.clock, lambda: None, house.press)
    assert stand.page(DRAFTED, Style.CLASSIC, FRONT, Combination(language="ru").key) == paper(house)


def test_a_paper_of_another_language_has_its_own_buttons_and_an_english_reader_his(house: House) -> None:
    russian = replace(house.press, paper=replace(house.press.paper, language="ru"))
    house.subscribers.change(BERT, language="ru")
    approved = labelled(paper(house), sections.labels(words_of("ru")), house.paper)
    assert russian.spoken(approved, Combination(language="ru").key) is approved
    assert russian.spoken(approved, PLAIN) == paper(house)


def test_the_same_wishes_give_the_same_bytes_in_another_process(house: House) -> None:
    first = sent(house, AGENTS.key)
    again = house_in(house.settings.data_dir, Clock())
    assert sent(again, AGENTS.key) == first
    again.database.close()


def test_the_channel_gets_the_paper_whatever_a_row_says(house: House) -> None:
    assert sent(house, AGENTS.key, to_channel=True) == paper(house, page=CHANNEL)


def test_a_combination_that_nobody_wants_any_more_gets_the_paper(house: House) -> None:
    house.subscribers.forget(ANNA)
    assert sent(house, AGENTS.key) == paper(house)


def test_where_nothing_was_left_over_topics_still_order_the_paper(house: House) -> None:
    house.desk.oversets.keep(DRAFTED, Overset())
    assert "for you" not in sent(house, AGENTS.key).body.lower()


def test_what_is_doubted_since_is_told_to_nobody(house: House) -> None:
    overset = house.desk.oversets.of(DRAFTED)
    story = next(each for each in overset.stories if overset.is_for(each, AGENTS))
    cited = overset.evidence[next(story.claims()).evidence[0]]
    assert isinstance(cited, QuoteEvidence)
    assert cited.text in sent(house, AGENTS.key).body
    house.archive.doubt(Doubt(CitationKind.VERSION, cited.version, "it was another page", "anna", house.clock()))
    assert cited.text not in sent(house, AGENTS.key).body
    for_you = house.library.for_you(DRAFTED, AGENTS.key)
    assert for_you is not None
    assert story not in for_you.mine


def test_a_page_of_an_own_issue_is_turned_and_the_others_are_the_papers(house: House) -> None:
    stand = Newsstand(house.issues, house.outbox, house.clock, lambda: None, house.press)
    front = stand.page(DRAFTED, Style.CLASSIC, FRONT, AGENTS.key)
    assert front == sent(house, AGENTS.key)
    assert stand.page(DRAFTED, Style.CLASSIC, "foryou", AGENTS.key) is not None
    assert stand.page(DRAFTED, Style.CLASSIC, "foryou") is None
    assert stand.page(DRAFTED, Style.PLAIN, FRONT, AGENTS.key) == paper(house, Style.PLAIN)


def test_the_audit_recomputes_what_readers_own_sections_are_made_of(house: House) -> None:
    report = house.desk.audit(DRAFTED)
    assert report.passed
    assert len(report.own) >= len(house.desk.oversets.of(DRAFTED).stories) > 0
    assert any(line.startswith("For You, of all readers: ") for line in report.lines())


def test_the_audit_finds_a_figure_of_a_readers_own_section_that_was_never_read(house: House) -> None:
    overset = house.desk.oversets.of(DRAFTED)
    cited = next(figure for story in overset.stories for claim in story.claims() for figure in claim.figures).cited()
    name = next(iter(cited))
    reading = overset.evidence[name]
    assert isinstance(reading, ReadingEvidence)
    forged = {**overset.evidence, name: replace(reading, value=reading.value + 1)}
    house.desk.oversets.keep(DRAFTED, replace(overset, evidence=forged))
    report = house.desk.audit(DRAFTED)
    assert not report.passed
    assert {verdict.section.value for verdict in report.failed} == {"foryou"}


async def test_each_reader_is_sent_his_own_over_the_wire(tmp_path: Path) -> None:
    async with morning_at_work(tmp_path) as morning:
        ada, bob = morning.reader(1001, "Ada"), morning.reader(1002, "Bob")
        for person, order in ((ada, ("tools", "numbers")), (bob, ())):
            person.start()
            reader = Subscriber(ChatId(person.id), morning.house.clock(), sections=frozenset(order), order=order)
            morning.house.subscribers.join(reader)
        issue = morning.draft()
        morning.house.desk.publish(issue.date, "test", now=True)
        his, hers = await morning.telegram.until(lambda: _papers(bob, ada))
        lead = issue.sections[0].stories[0].headline
        assert lead is not None
        assert lead.text in his
        assert lead.text not in hers
        assert hers.index("TOOLS OF THE WEEK") < hers.index("BY THE NUMBERS")


def _papers(*people: Reader) -> list[str]:
    """The papers that came to these people, once each has his; nothing before."""
    came = [[message.text for message in person.received if "SOURCES" in message.text] for person in people]
    return [text for texts in came for text in texts] if all(came) else []
