"""Every text of the conversation, in every language: there, whole, and accepted by Telegram's own parser."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands import ADMIN_COMMANDS, READER_COMMANDS
from bot.languages.catalogue import Catalogue, Entry, fault_of
from bot.languages.lookup import ENGLISH, LANGUAGES, words_of
from bot.languages.templates import commands, fill, places, tags
from tests.catalogues import Said, catalogue, lacking, texts
from tests.tdlib import judge

TRANSLATED = [code for code in LANGUAGES if code != ENGLISH]

#: What is filled in to try a text: a Latin name with a bracket at its end, one from right to left, and markup.
TRIED = ("Kestrel-8B (GGUF)", "ليلى", "<b>&")

SAID = texts()


def forms(found: Catalogue, said: Said) -> tuple[str, ...]:
    """All that is said for a text; nothing where the catalogue lacks it, which is told by a test of its own."""
    return found.plurals.get(said.text, ()) if said.many else tuple(filter(None, [found.texts.get(said.text)]))


@pytest.fixture(params=TRANSLATED)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_no_catalogue_lacks_a_text(language: str) -> None:
    lacks = [f"{said.where}: {said.text}" for said in lacking(language)]
    assert not lacks, "make languages, then translate what it lists"


def test_no_catalogue_keeps_what_is_no_longer_said(language: str) -> None:
    kept = {message.id[0] if isinstance(message.id, tuple) else message.id for message in catalogue(language)}
    assert not kept - {""} - {said.text for said in SAID}, "make languages"


def test_no_translation_has_another_place_or_another_number_of_plurals(language: str) -> None:
    found = words_of(language).catalogue
    for message in catalogue(language):
        one, many = message.id if isinstance(message.id, tuple) else (str(message.id), "")
        strings = message.string if isinstance(message.string, tuple) else (str(message.string),)
        assert not one or not any(strings) or not fault_of(Entry(one, many, strings), found.nplurals, found.which), one


def test_every_translation_keeps_the_commands_and_the_tags_of_its_text(language: str) -> None:
    for said in SAID:
        for form in forms(words_of(language).catalogue, said):
            english = said.many or said.text
            assert commands(form) == commands(english), form
            assert tags(form) == tags(english), form


def test_every_translation_stands_without_stray_blanks_and_quotes(language: str) -> None:
    for said in SAID:
        for form in forms(words_of(language).catalogue, said):
            assert form == form.strip(), form
            assert "  " not in form, form
            assert not set(form) & set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e"), (
                f"isolates are set by themselves: {form}"
            )


def test_every_translation_is_in_its_language(language: str) -> None:
    script = {"ru": "CYRILLIC", "ar": "ARABIC", "hi": "DEVANAGARI", "zh": "CJK"}.get(language)
    for said in SAID:
        if len(re.findall(r"[A-Za-z’']{2,}", re.sub(r"\{\w+\}|<[^>]*>|/\w+", "", said.text))) < 3:
            continue  # names and signs may be the same in two languages
        for form in forms(words_of(language).catalogue, said):
            assert form not in {said.text, said.many}, form
            assert script is None or any(unicodedata.name(letter, "").startswith(script) for letter in form), form


def filled(said: Said, language: str) -> Iterator[str]:
    """A text as it is said, with each of the values that are tried."""
    words = words_of(language)
    several = forms(words.catalogue, said) if language != ENGLISH else (said.text, *([said.many] if said.many else []))
    for form in several:
        for value in TRIED:
            yield fill(form, dict.fromkeys(places(form), value), escaped=not said.plain, rtl=words.rtl)


@pytest.mark.parametrize("language", LANGUAGES)
def test_telegram_takes_every_text_as_it_was_meant(language: str) -> None:
    for said in SAID:
        for text in filled(said, language) if not said.plain else ():
            verdict = judge(text)
            assert not verdict.error, (text, verdict.error)
            assert not verdict.losses, (text, verdict.losses)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_without_markup_fits_a_button_a_toast_and_a_menu(language: str) -> None:
    for said in SAID:
        if said.plain:
            assert all(len(text.encode("utf-16-le")) // 2 <= 200 for text in filled(said, language)), said.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_is_described_in_every_language(language: str) -> None:
    for command in READER_COMMANDS:
        assert 1 <= len(words_of(language).plain_of(command.description)) <= 256
    assert all(1 <= len(command.description) <= 256 for command in ADMIN_COMMANDS)


@pytest.mark.parametrize(
    "code",
    [
        'words.say(f"At {hour}")',
        "words.say(text)",
        "self._words.plain(name)",
        'words.count("{count} reader", many, 2)',
        "mark(name)",
    ],
)
def test_a_text_that_stands_elsewhere_can_not_be_translated_and_is_told(tmp_path: Path, code: str) -> None:
    room = tmp_path / "bot"
    room.mkdir()
    (room / "chapter.py").write_text(f"\n{code}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"bot/chapter.py:2: write the text itself"):
        texts(room)


def test_what_is_no_saying_of_words_is_no_text(tmp_path: Path) -> None:
    room = tmp_path / "bot"
    room.mkdir()
    code = 'conversation.say(1, m)\n"a".count("b")\nwords.number(3)\nlog.info("x")\nwords.say("A" " text")\n'
    (room / "chapter.py").write_text(code, encoding="utf-8")
    assert [(said.text, said.where) for said in texts(room)] == [("A text", "bot/chapter.py:5")]
