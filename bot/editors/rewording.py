"""What putting a sentence in other words is, before an issue goes out and after: asked for, taken, checked, told."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from telegram import MessageEntity, Update

from bot.awaiting import Awaiting
from bot.conversation import Conversation
from bot.handling import Answer, Chapter
from bot.ports.editing import EditingRoom
from bot.texts import drafts as texts
from bot.texts.drafts import Pressed, Question, Seen
from bot.texts.editing import refused
from bot.texts.general import notice
from domain.edits import Editable, Outcome, Rewording
from domain.errors import MorningPostError, Outdated
from domain.issue import SectionName
from domain.proofs import Proof


class Rewordings(Chapter, ABC):
    """A chapter that leads an editor to a sentence and takes his words for it.

    ``kind`` begins the data of its buttons and marks its questions; ``outdated`` is told whose issue has changed.
    """

    kind: ClassVar[str]
    outdated: ClassVar[str]

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._awaiting = Awaiting(conversation, self.kind)

    @property
    def _room(self) -> EditingRoom:
        return self._conversation.services.editing

    @abstractmethod
    async def _proof(self, question: Question) -> Proof:
        """The issue whose sentence is written anew, as it stands. Raises MorningPostError."""

    @abstractmethod
    async def _words_granted(self, update: Update, question: Question, wish: Rewording) -> Outcome:
        """Have the new words checked and kept. Raises MorningPostError."""

    @abstractmethod
    async def _show_words(self, update: Update, question: Question) -> None:
        """Show what became of it."""

    def answers(self) -> Mapping[str, Answer]:
        """The new words of a sentence, as the next message."""
        return {self.kind: self.answered}

    async def _ask(self, update: Update, press: Pressed, proof: Proof) -> None:
        """Ask for the new words of the sentence that a button names."""
        found = named_sentence(proof, press.section, press.number(1))
        if found is None or press.section is None:
            await self._conversation.expired(update)
            return
        question = Question(press.seen, press.section, press.number(1))
        await self._awaiting.ask(update, str(question))
        await self._conversation.replace(update, texts.prompt(question, found))

    async def written(self, update: Update) -> bool:
        """Take a reply to a question for its answer, whatever was asked since."""
        message = update.effective_message
        replied = message.reply_to_message if message is not None else None
        question = texts.question(replied.text or "" if replied is not None else "", self.kind)
        if question is None or not self._conversation.is_admin(update):
            return False
        await self._awaiting.forget(update)
        await self._take(update, question)
        return True

    async def answered(self, update: Update, about: str) -> bool:
        """Take the words that an editor was asked for."""
        question = texts.question(about, self.kind)
        if question is None or not self._conversation.is_admin(update):
            return False
        await self._take(update, question)
        return True

    async def _take(self, update: Update, question: Question) -> None:
        message = update.effective_message
        if message is None or not message.text:
            await self._awaiting.ask(update, str(question))
            await self._conversation.answer(update, texts.NO_WORDS)
            return
        try:
            await self._store(update, question, message.text)
        except MorningPostError as error:
            await self._conversation.answer(update, refused(str(error)))

    async def _store(self, update: Update, question: Question, text: str) -> None:
        proof = await self._proof(question)
        found = named_sentence(proof, question.section, question.number)
        if Seen.of(proof) != question.seen or found is None:
            raise Outdated(self.outdated)
        outcome = await self._words_granted(update, question, Rewording(found.place, text, links_in(update)))
        if outcome.problems:
            await self._awaiting.ask(update, str(question))
            await self._conversation.answer(update, notice(texts.unfit(outcome.problems).body + texts.TRY_AGAIN))
            return
        await self._show_words(update, question)


def named_sentence(proof: Proof, section: SectionName | None, number: int) -> Editable | None:
    """The sentence that a button names; None when there is none."""
    found = texts.sentences_of(proof.record.issue, section) if section is not None else []
    return found[number] if 0 <= number < len(found) else None


def links_in(update: Update) -> tuple[tuple[str, str], ...]:
    """The links that an editor set under words."""
    message = update.effective_message
    found = message.parse_entities([MessageEntity.TEXT_LINK]) if message is not None else {}
    return tuple((words, entity.url) for entity, words in found.items() if entity.url)
