"""Which languages the conversation speaks, and the words of each, read when they are first needed."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import Final

from bot.languages.catalogue import Catalogue, read_catalogue
from bot.languages.conventions import conventions_of
from bot.languages.words import Words

ENGLISH: Final = "en"

#: By the code that Telegram tells of a reader's app (ISO 639-1), in the order in which settings offer them.
LANGUAGES: Final = (ENGLISH, "ru", "es", "ar", "hi", "zh", "pt", "de", "fr")


def spoken(tag: str | None) -> str | None:
    """The language of ours that an IETF tag (``pt-BR``, ``zh-hans``) names; None when we don't speak it."""
    code = (tag or "").replace("_", "-").partition("-")[0].lower()
    return code if code in LANGUAGES else None


def words_of(*tags: str | None) -> Words:
    """The words of the first language among the tags that we speak; English when there is none."""
    return _words(next((code for code in map(spoken, tags) if code is not None), ENGLISH))


def names() -> dict[str, str]:
    """Each language's name in itself, by its code."""
    return {code: conventions_of(code).name for code in LANGUAGES}


@cache
def _words(language: str) -> Words:
    return Words(_catalogue(language), conventions_of(language))


def _catalogue(language: str) -> Catalogue:
    if language == ENGLISH:
        return Catalogue()
    with as_file(files("bot.languages") / "catalogues" / f"{language}.po") as path:
        return read_catalogue(path)
