"""Inline mode: ``@bot words`` in any chat offers stories of all issues; without words, today's sections."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final

import structlog
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.conversation import Conversation
from bot.handling import Chapter, Follow
from bot.languages.lookup import words_of
from bot.languages.words import Words
from bot.texts import inline as texts
from domain.errors import StorageError
from domain.search import parse_query

log = structlog.get_logger()

#: Results to a query: more would not be looked through.
MOST: Final = 10

#: Seconds that Telegram may give the same answer to the same words; today's paper may come out meanwhile.
CACHED: Final = 300

#: Seconds after an answer that could not be found for a reason of ours.
_CACHED_IN_TROUBLE: Final = 1

#: What the button above an empty list starts the bot with.
_START: Final = "inline"


class Inline(Chapter):
    """Handlers for readers who share."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def follows(self) -> Mapping[str, Follow]:
        """What is typed after the bot's name."""
        return {"inline_query": self.asked}

    async def asked(self, update: Update) -> None:
        """Answer an inline query with at most ten articles; answers are the same for all readers of a language."""
        query = update.inline_query
        if query is None:
            return
        words = words_of(query.from_user.language_code, self._conversation.services.paper.language)
        try:
            articles = await asyncio.to_thread(self._articles, words, query.query)
        except StorageError as error:
            log.warning("inline.not_searched", reason=str(error))
            await self._answered(words, query, (), _CACHED_IN_TROUBLE)
            return
        await self._answered(words, query, articles, CACHED)

    def _articles(self, words: Words, written: str) -> tuple[texts.Article, ...]:
        services = self._conversation.services
        if written.strip():
            return texts.stories(words, services.paper, services.library.find(parse_query(written), 0, MOST).hits)
        days = services.library.days()
        issue = services.library.issue(days[-1]) if days else None
        return () if issue is None else texts.todays(words, services.paper, issue)[:MOST]

    async def _answered(
        self, words: Words, query: InlineQuery, articles: tuple[texts.Article, ...], seconds: int
    ) -> None:
        button = None if articles else InlineQueryResultsButton(texts.nothing_found(words), start_parameter=_START)
        try:
            await query.answer([_result(article) for article in articles], cache_time=seconds, button=button)
        except TelegramError as error:  # who types on has asked anew by now
            log.info("inline.answered_late", reason=str(error))


def _result(article: texts.Article) -> InlineQueryResultArticle:
    button = article.button
    content = InputTextMessageContent(
        article.html, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    return InlineQueryResultArticle(
        article.id,
        article.title,
        content,
        InlineKeyboardMarkup.from_button(InlineKeyboardButton(button.text, url=button.url)) if button else None,
        description=article.description,
    )
