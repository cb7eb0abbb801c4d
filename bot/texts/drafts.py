"""What editors are told of a draft, in English, and its buttons; each names the pages that it was made for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape

from bot.ports.editing import Deed
from bot.texts.editing import verdict_lines
from bot.texts.general import notice
from bot.texts.turns import turn_keyboard
from domain.deliveries import Receipt
from domain.editions import FRONT, SHORT, Button, Keyboard, Message, Style
from domain.edits import Edit, Editable, LeadOption, Skip, editable
from domain.issue import SECTION_TITLES, Issue, IssueState, SectionName
from domain.items import ItemKey
from domain.proofs import Proof
from domain.text import plain_line

#: What the data of a button begins with: under a draft, and under what is published and is to be corrected.
EDITING, MENDING = "e", "k"

#: Sentences of one page of a list, and how much of one is shown there.
A_PAGE, LONGEST_SENTENCE = 8, 320

#: Of what fell or was lost so many are named under a review.
NAMED = 3

_DEEDS = {
    "approve": "let go at press time",
    "hold": "held",
    "publish": "published",
    "edit": "edited",
    "withdraw": "given back the newsroom's words",
    "redo": "redone in a section",
    "lead": "given another lead",
    "skip": "written without an item",
    "correct": "corrected",
    "broadcast.pause": "paused while it goes out",
    "broadcast.resume": "resumed",
    "broadcast.cancel": "cancelled",
    "broadcast.retry": "sent again to whom it could not reach",
    "broadcast.resend": "sent once more where it is uncertain",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """The issue that an editor looked at: its day, and its fingerprint's first 16 characters."""

    day: date
    fingerprint: str
    kind: str = field(default=EDITING, compare=False)

    @classmethod
    def of(cls, proof: Proof, kind: str = EDITING) -> Seen:
        """What a proof shows; ``kind``: what the data of its buttons begins with."""
        return cls(proof.record.issue.date, proof.fingerprint[:SHORT], kind)

    def button(self, text: str, verb: str, *more: object) -> Button:
        """A button that acts on these very pages."""
        return Button(
            text, callback=":".join([self.kind, verb, f"{self.day:%Y%m%d}", self.fingerprint, *map(str, more)])
        )


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a button under a draft says: what to do, with which pages, and to what in them."""

    verb: str
    seen: Seen
    more: tuple[str, ...]

    @property
    def section(self) -> SectionName | None:
        """The section that it names first; None when it names none."""
        return SectionName(self.more[0]) if self.more and self.more[0] in set(SectionName) else None

    def number(self, position: int) -> int:
        """The number at a position; -1, which fits nothing, where there is none."""
        text = self.more[position] if position < len(self.more) else ""
        return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else -1


def pressed(data: str) -> Pressed | None:
    """What the data of a button says; None for what no button of ours carries."""
    kinds = f"{EDITING}|{MENDING}"
    match = re.fullmatch(rf"({kinds}):([a-z]+):(\d{{8}}):([0-9a-f]{{{SHORT}}})((?::[a-z0-9]+)*)", data, re.ASCII)
    if match is None:
        return None
    try:
        day = date.fromisoformat(match[3])
    except ValueError:
        return None
    return Pressed(match[2], Seen(day, match[4], match[1]), tuple(match[5].split(":")[1:]))


# --- the review -------------------------------------------------------------------------------------------------------


def page(proof: Proof, style: Style) -> Message | None:
    """The front page of a proof as it will be sent in a style."""
    edition = proof.editions.get(style)
    return edition.pages.get(FRONT) if edition is not None else None


def review(
    proof: Proof, edits: Sequence[Edit], outlook: Sequence[str] = (), fate: str = "", heading: str = ""
) -> Message:
    """Under the pages: how the issue stands, what the checks found, what editors changed, and what can be done."""
    lines = [
        *([heading, ""] if heading else []),
        *verdict_lines(proof.record, outlook),
        *_of_edits(proof.record.issue, edits),
        f"Fingerprint of these pages: <code>{proof.fingerprint[:SHORT]}</code>",
        *([escape(fate)] if fate else []),
    ]
    return notice("\n".join(lines), _keyboard(proof))


def _of_edits(issue: Issue, edits: Sequence[Edit]) -> Iterator[str]:
    printed = {claim.text for claim in issue.claims()}
    lost = [each for each in edits if each.claim.text not in printed]
    if len(edits) > len(lost):
        yield f"{len(edits) - len(lost)} of its sentences are an editor's."
    for each in lost[:NAMED]:
        yield f"An edit has no place in it any more: “{escape(plain_line(each.claim.text, 120))}”"


def _keyboard(proof: Proof) -> Keyboard:
    seen, state = Seen.of(proof), proof.record.state
    if state is IssueState.PUBLISHED:
        return ((seen.button("Hold", "hold"),),)
    go = [seen.button("Let it go", "ok")] if state is IssueState.HELD else [seen.button("Publish now", "pub")]
    if state is IssueState.DRAFT:
        go.append(seen.button("At press time", "ok"))
    if state is not IssueState.HELD:
        go.append(seen.button("Hold", "hold"))
    return (
        tuple(go),
        (seen.button("Redo ▸", "redo"), seen.button("Edit ▸", "edit")),
        (seen.button("Swap the lead ▸", "lead"), seen.button("Skip an item ▸", "skip")),
    )


def deed_line(deed: Deed | None, by: str) -> str:
    """Who did the last thing to an issue, and when."""
    if deed is None:
        return "Nobody has done anything to it yet."
    who = "you" if deed.by == by else deed.by
    return f"{_DEEDS.get(deed.action, deed.action).capitalize()} by {escape(who)}, {deed.at:%H:%M} UTC."


def turn_line(deed: Deed | None, by: str) -> str:
    """Whose turn of a broadcast was the last; empty when nobody's was since it was queued."""
    turned = deed is not None and deed.by != "" and deed.action in _DEEDS
    return f"<b>{deed_line(deed, by)}</b>" if turned else ""


def standing(proof: Proof, deed: Deed | None, by: str, receipt: Receipt | None, seen: str) -> Message:
    """In place of a review, when another has acted: what was done; what can be done now, if ``seen`` are its pages."""
    if proof.fingerprint.startswith(seen) or proof.record.state is IssueState.PUBLISHED:
        return done(proof, deed, by, receipt)
    issue = proof.record.issue
    lines = [
        f"<b>Issue {issue.number} of {issue.date:%d %B %Y}</b>: {proof.record.state.value}",
        deed_line(deed, by),
        "The pages above are not those that would be sent now.",
    ]
    return notice("\n".join(lines), ((Seen.of(proof).button("Show it as it stands", "show"),),))


def told(proof: Proof, deed: Deed) -> Message:
    """A line for the other admins: the same act as in the review, which was edited above."""
    issue = proof.record.issue
    return notice(f"Issue {issue.number} of {issue.date:%d %B %Y}: {deed_line(deed, '')}")


def outdated(deed: Deed | None, by: str) -> str:
    """What the presser of a button is told whose pages have changed since; plain, at most 200 characters."""
    return plain_line(f"The draft has changed since. {deed_line(deed, by)} Here it is as it stands.", 199)


def done(proof: Proof, deed: Deed | None, by: str, receipt: Receipt | None) -> Message:
    """In place of a pressed review: what became of the issue, and by whom."""
    issue = proof.record.issue
    lines = [
        f"<b>Issue {issue.number} of {issue.date:%d %B %Y}</b>: {proof.record.state.value}",
        deed_line(deed, by),
        f"Fingerprint: <code>{proof.fingerprint[:SHORT]}</code>",
    ]
    if receipt is not None:
        lines.append(f"Had it already: {receipt.sent:,}. Still to get it: {receipt.open:,}.")
    if proof.record.state is IssueState.PUBLISHED:
        return notice("\n".join(lines), turn_keyboard(receipt) if receipt is not None else ())
    return notice("\n".join(lines), (*_keyboard(proof), (Seen.of(proof).button("The whole review", "home"),)))


def held_back(receipt: Receipt) -> Message:
    """The answer to a hold of what is going out already."""
    text = (
        f"Held where it stands. Had it already: {receipt.sent:,}. Not before /resume: {receipt.open:,}. "
        "What was on its way arrives."
    )
    return notice(text, turn_keyboard(receipt))


WORKING = notice("One moment: the newsroom is at it …")


# --- choosing ---------------------------------------------------------------------------------------------------------


def _rows(buttons: Iterable[Button], width: int) -> Keyboard:
    row = tuple(buttons)
    return tuple(row[start : start + width] for start in range(0, len(row), width))


def choose_section(seen: Seen, issue: Issue, verb: str, question: str) -> Message:
    """Which section an act is for."""
    names = [section.name for section in issue.sections if section.name is not SectionName.SUBSCRIBE]
    if verb == "sentence":
        has_prose = {each.place.section for each in editable(issue)}
        names = [name for name in names if name in has_prose]
    buttons = [seen.button(SECTION_TITLES[name], verb, name.value) for name in names]
    return notice(question, (*_rows(buttons, 2), (_back(seen),)))


def _back(seen: Seen) -> Button:
    return seen.button("◀ Back", "home")


def sentences_of(issue: Issue, section: SectionName) -> list[Editable]:
    """The sentences of a section that may be edited, in the order in which they are numbered."""
    return [each for each in editable(issue) if each.place.section is section]


def choose_sentence(seen: Seen, issue: Issue, section: SectionName, number: int) -> Message:
    """The sentences of a section, some at a time, each with its button."""
    found = sentences_of(issue, section)
    first = number * A_PAGE
    shown = list(enumerate(found))[first : first + A_PAGE]
    lines = [f"<b>{escape(SECTION_TITLES[section])}</b>: which sentence?"]
    for at, each in shown:
        mark = " ✎" if each.claim.edited else ""
        lines.append(f"<b>{at + 1}</b> {escape(plain_line(each.claim.text, LONGEST_SENTENCE))}{mark}")
    numbers = [seen.button(str(at + 1), "write", section.value, at) for at, _ in shown]
    turning = []
    if number:
        turning.append(seen.button("◀", "sentence", section.value, number - 1))
    if first + A_PAGE < len(found):
        turning.append(seen.button("▶", "sentence", section.value, number + 1))
    back = seen.button("◀ Sections", "edit")
    return notice(
        "\n\n".join(lines), (*_rows(numbers, 4), tuple(turning), (back,)) if turning else (*_rows(numbers, 4), (back,))
    )


@dataclass(frozen=True, slots=True)
class Question:
    """The sentence that an editor is asked to write anew."""

    seen: Seen
    section: SectionName
    number: int

    def __str__(self) -> str:
        """What stands below the question, so that a reply to it is an edit whatever was forgotten."""
        mark = _MARKS[self.seen.kind]
        return f"{mark} {self.seen.day:%Y%m%d} {self.seen.fingerprint} {self.section} {self.number}"


_MARKS = {EDITING: "✎", MENDING: "✚"}
_QUESTION = re.compile(rf"([✎✚]) (\d{{8}}) ([0-9a-f]{{{SHORT}}}) ([a-z]+) (\d{{1,4}})", re.ASCII)


def question(text: str, kind: str = EDITING) -> Question | None:
    """The question of a kind that ``str`` gave, wherever it stands in a text; None where none does."""
    match = _QUESTION.search(text)
    if match is None or match[1] != _MARKS[kind] or match[4] not in set(SectionName):
        return None
    try:
        return Question(Seen(date.fromisoformat(match[2]), match[3], kind), SectionName(match[4]), int(match[5]))
    except ValueError:
        return None


def prompt(asked: Question, sentence: Editable) -> Message:
    """Asks for the new words of one sentence."""
    named = [name for name in sentence.claim.names if name.url]
    links = "".join(f'\n🔗 <a href="{escape(name.url or "")}">{escape(name.text)}</a>' for name in named)
    text = (
        f"<b>Write the new text as your next message.</b> It stands now:\n\n"
        f"<code>{escape(sentence.claim.text)}</code>{links}\n\n"
        "Every figure, name, quotation and link must be in the evidence of this story; names are linked by themselves. "
        "It will be marked as the editor's.\n"
        f"<tg-spoiler>{asked}</tg-spoiler>"
    )
    rows: list[tuple[Button, ...]] = [(asked.seen.button("Cancel", "cancel"),)]
    if sentence.claim.edited and asked.seen.kind == EDITING:
        undo = asked.seen.button("Back to the newsroom's words", "undo", asked.section.value, asked.number)
        rows.insert(0, (undo,))
    return notice(text, tuple(rows))


def being_corrected(receipt: Receipt | None) -> Message:
    """The answer to a correction: what happens to the copies."""
    copies = f"{receipt.open + receipt.sent:,} delivered copies are edited now." if receipt else "It was never sent."
    return notice(f"<b>Corrected.</b> The section says so, and its old text is kept. {copies}")


def unfit(problems: Sequence[str]) -> Message:
    """Why an edit is not stored, word by word."""
    lines = ["<b>Nothing was changed.</b>", *(f"• {escape(plain_line(each, 300))}" for each in problems[:12])]
    return notice("\n".join(lines))


TRY_AGAIN = "\nWrite it again, or press Cancel above."
NO_WORDS = notice("Send the new text as a plain message. Cancel is under the question above.")


def choose_lead(seen: Seen, options: Sequence[LeadOption]) -> Message:
    """The next candidates, each with its reason in a line."""
    if not options:
        return notice("Nothing else can lead today.", ((_back(seen),),))
    lines = ["<b>Which story leads instead?</b>"]
    for number, each in enumerate(options, 1):
        reason = f"worth {each.score:.2f}: {plain_line(each.why, 200)}"
        lines.append(f"<b>{number}</b> {escape(each.headline)}\n<i>{escape(reason)}</i>")
    buttons = [seen.button(str(number + 1), "leads", number) for number in range(len(options))]
    return notice("\n\n".join(lines), (tuple(buttons), (_back(seen),)))


@dataclass(frozen=True, slots=True)
class Printed:
    """An item that a section names."""

    item: ItemKey
    name: str
    url: str | None


def items_of(issue: Issue, section: SectionName) -> list[Printed]:
    """The items that a section names, each once, in its order."""
    found: dict[ItemKey, Printed] = {}
    part = issue.section(section)
    for name in (name for claim in (part.claims() if part else ()) for name in claim.names):
        if name.item not in found or (name.url and not found[name.item].url):
            found[name.item] = Printed(name.item, name.text, name.url)
    return list(found.values())


def choose_item(seen: Seen, issue: Issue, section: SectionName, number: int) -> Message:
    """The items of a section, some at a time."""
    found = items_of(issue, section)
    first = number * A_PAGE
    shown = list(enumerate(found))[first : first + A_PAGE]
    buttons = [seen.button(plain_line(each.name, 60), "sure", section.value, at) for at, each in shown]
    turning = []
    if number:
        turning.append(seen.button("◀", "items", section.value, number - 1))
    if first + A_PAGE < len(found):
        turning.append(seen.button("▶", "items", section.value, number + 1))
    text = f"<b>{escape(SECTION_TITLES[section])}</b>: which item is never to be named again?"
    rows = [*_rows(buttons, 1), *([tuple(turning)] if turning else []), (seen.button("◀ Sections", "skip"),)]
    return notice(text, tuple(rows))


def sure_of_skip(seen: Seen, section: SectionName, number: int, item: Printed) -> Message:
    """Asks once more before an item is named no more."""
    text = (
        f"Skip <b>{escape(item.name)}</b> for good? The draft is written again without it, and no issue names it until "
        "you let it in again with /skipped."
    )
    return notice(text, ((seen.button("Yes, skip it", "gone", section.value, number), _back(seen)),))


def skipped(skips: Sequence[Skip]) -> Message:
    """Everything that is skipped for good, with the way back in."""
    if not skips:
        return notice("Nothing is skipped.")
    lines = ["<b>Skipped for good</b>"]
    lines += [f"• {escape(each.name)}: by {escape(each.by)}, {each.at:%d %B %Y}" for each in skips[:40]]
    buttons = [
        Button(plain_line(f"Let in {each.name}", 60), callback=f"{EDITING}:in:{key_of(each.item)}")
        for each in skips[:20]
    ]
    return notice("\n".join(lines), _rows(buttons, 1))


def key_of(item: ItemKey) -> str:
    """A short name of an item for a button."""
    return hashlib.sha256(str(item).encode()).hexdigest()[:SHORT]
