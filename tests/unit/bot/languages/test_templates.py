"""What is filled in stays what it is, in markup and in direction."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages.templates import END, ISOLATE, MARK, Html, commands, fill, places, tags
from tests.tdlib import judge


def test_a_value_is_escaped_unless_it_is_html() -> None:
    filled = fill("{name}: {link}", {"name": "<b>&", "link": Html("<i>x</i>")}, escaped=True, rtl=False)
    assert filled == "&lt;b&gt;&amp;: <i>x</i>"


def test_a_place_that_is_not_filled_is_an_error() -> None:
    with pytest.raises(KeyError, match="hour"):
        fill("At {hour}", {}, escaped=True, rtl=False)


def test_in_an_arabic_line_names_and_commands_stand_in_isolates() -> None:
    filled = fill("جرّب /today مع {model}.", {"model": "Kestrel-8B (GGUF)"}, escaped=True, rtl=True)
    assert filled == f"جرّب {ISOLATE}/today{END} مع {ISOLATE}Kestrel-8B (GGUF){END}."


def test_in_a_latin_line_only_a_value_from_right_to_left_stands_in_one() -> None:
    filled = fill("{name} of {place}", {"name": "ليلى", "place": "Oslo"}, escaped=True, rtl=False)
    assert filled == f"{ISOLATE}ليلى{END} of Oslo"


def test_what_is_copied_or_followed_has_no_isolate() -> None:
    text = '<code>/subscribe {hour}</code> <a href="https://t.me/{bot}">{name}</a> <pre>{zone}</pre>'
    values = {"hour": 8, "bot": "ai_bot", "name": "AI", "zone": "Asia/Riyadh"}
    filled = fill(text, values, escaped=True, rtl=True)
    assert filled == (
        f'{MARK}{ISOLATE}<code>/subscribe 8</code>{END} <a href="https://t.me/ai_bot">{ISOLATE}AI{END}</a> '
        f"{ISOLATE}<pre>Asia/Riyadh</pre>{END}"
    )


def test_a_command_stands_in_one_isolate_with_what_is_typed_after_it() -> None:
    filled = fill("عدد كل صباح: /subscribe 7 Europe/Berlin.", {}, escaped=False, rtl=True)
    assert filled == f"عدد كل صباح: {ISOLATE}/subscribe 7 Europe/Berlin{END}."
    code = fill("اكتب <code>/subscribe {hour}</code>.", {"hour": 8}, escaped=True, rtl=True)
    assert code == f"اكتب {ISOLATE}<code>/subscribe 8</code>{END}."


@pytest.mark.parametrize("text", ["{command} – {what}", "/help", "<b>QR</b> رمز", "<code>/subscribe</code>", "7:00"])
def test_an_arabic_line_without_an_arabic_letter_first_is_marked(text: str) -> None:
    filled = fill(text, {"command": "/help", "what": "الأوامر"}, escaped=True, rtl=True)
    assert filled.startswith(MARK)
    assert not judge(filled).losses
    assert not fill(text, {"command": "/help", "what": "x"}, escaped=True, rtl=False).startswith(MARK)


def test_telegram_finds_a_command_in_an_isolate() -> None:
    verdict = judge(fill("جرّب /today، أو /help.", {}, escaped=True, rtl=True))
    assert [text for kind, text, _ in verdict.linked_unasked if kind == "BotCommand"] == ["/today", "/help"]
    assert not verdict.losses


def test_the_places_commands_and_tags_of_a_text_are_told() -> None:
    text = "<b>{name}</b> <code>/subscribe {hour}</code> or /today, not http://x.y/z or and/or"
    assert places(text) == {"name", "hour"}
    assert commands(text) == {"/subscribe", "/today"}
    assert tags(text) == ["</b>", "</code>", "<b>", "<code>"]


def test_a_value_can_not_turn_what_stands_around_it() -> None:
    for wild in ("a\u202eb", "a\u2069b", "a\u2067b", "a\u2069b\u2068", "\u202a\u2066ab"):
        assert fill("{name}!", {"name": wild}, escaped=True, rtl=False) == "ab!"
    nested = fill("{name}!", {"name": f"{ISOLATE}/help{END}"}, escaped=True, rtl=True)
    assert nested == f"{MARK}{ISOLATE}{ISOLATE}/help{END}{END}!"
    verdict = judge(fill("{name}!", {"name": "a\u202e[x](y)\u2069"}, escaped=True, rtl=True))
    assert not verdict.losses


turning = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]


@given(st.text(st.characters(exclude_characters=turning, exclude_categories=["Cs"])), st.booleans())
def test_whatever_is_filled_in_comes_out_as_it_was(value: str, rtl: bool) -> None:
    filled = fill("<b>{name}</b> <code>{name}</code>", {"name": value}, escaped=True, rtl=rtl)
    plain = filled.removeprefix(MARK) if rtl else filled
    if rtl:
        plain = plain.removesuffix(END).replace(f"</b> {ISOLATE}<code>", "</b> <code>")
    free, _, copied = plain.removeprefix("<b>").removesuffix("</code>").partition("</b> <code>")
    assert unescape(copied) == value
    assert unescape(free).removeprefix(ISOLATE).removesuffix(END) in {
        value,
        value.removeprefix(ISOLATE).removesuffix(END),
    }
    assert filled.count("<") == 4
