"""What the bot says of itself: commands by scope and language, names, descriptions, the menu button."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final

from sandbox.telegram.desk import Desk, Profile
from sandbox.telegram.errors import bad_request
from sandbox.telegram.parameters import Parameters

_COMMAND: Final = re.compile(r"/?([a-z0-9_]{1,32})")
_LANGUAGE: Final = re.compile(r"(?:[a-z]{2})?")
_SCOPES: Final = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
MOST_COMMANDS: Final = 100

Texts = Callable[[Profile], dict[str, str]]


def set_my_commands(desk: Desk, given: Parameters) -> bool:
    """``setMyCommands``; no commands for a scope and language means that the next wider one counts again."""
    commands = given.structure("commands", "commands")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    checked = [_command(command) for command in commands]
    key = (_scope(desk, given), _language(given))
    if checked:
        desk.profile.commands[key] = checked
    else:
        desk.profile.commands.pop(key, None)
    desk.world.profile_changed()
    return True


def delete_my_commands(desk: Desk, given: Parameters) -> bool:
    """``deleteMyCommands``."""
    desk.profile.commands.pop((_scope(desk, given), _language(given)), None)
    desk.world.profile_changed()
    return True


def get_my_commands(desk: Desk, given: Parameters) -> list[dict[str, Any]]:
    """``getMyCommands``: what was set for exactly this scope and language."""
    return desk.profile.commands.get((_scope(desk, given), _language(given)), [])


def commands_for(profile: Profile, chat_id: int, language: str) -> list[dict[str, Any]]:
    """The commands that a reader sees in the private chat: the narrowest scope first, then the language."""
    scopes: list[dict[str, Any]] = [
        {"type": "chat", "chat_id": chat_id},
        {"type": "all_private_chats"},
        {"type": "default"},
    ]
    for scope in scopes:
        for spoken in (language[:2], ""):
            found = profile.commands.get((_key(scope), spoken))
            if found:
                return found
    return []


def setter(texts: Texts, name: str, longest: int, error: str) -> Callable[[Desk, Parameters], bool]:
    """A method that sets a text of the profile for a language; empty removes it."""

    def method(desk: Desk, given: Parameters) -> bool:
        text = given.text(name).strip()
        if len(text) > longest:
            raise bad_request(error)
        by_language = texts(desk.profile)
        if text:
            by_language[_language(given)] = text
        else:
            by_language.pop(_language(given), None)
        if name == "name" and not _language(given) and text:
            desk.world.bot.first_name = text
        desk.world.profile_changed()
        return True

    return method


def getter(texts: Texts, name: str) -> Callable[[Desk, Parameters], dict[str, str]]:
    """A method that gives a text of the profile for a language, or the one for all others."""

    def method(desk: Desk, given: Parameters) -> dict[str, str]:
        by_language = texts(desk.profile)
        otherwise = desk.world.bot.first_name if name == "name" else ""
        return {name: by_language.get(_language(given)) or by_language.get("") or otherwise}

    return method


def set_chat_menu_button(desk: Desk, given: Parameters) -> bool:
    """``setChatMenuButton``, for one private chat or for all."""
    button = given.structure("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in {"commands", "web_app", "default"}:
        raise bad_request("unsupported menu button type")
    if given.text("chat_id"):
        desk.world.addressee(given.text("chat_id")).menu_button = button
    else:
        desk.profile.menu_button = button
    desk.world.profile_changed()
    return True


def get_chat_menu_button(desk: Desk, given: Parameters) -> dict[str, Any]:
    """``getChatMenuButton``."""
    own = desk.world.addressee(given.text("chat_id")).menu_button if given.text("chat_id") else None
    return dict(own or desk.profile.menu_button)


def _command(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise bad_request("expected an Object")
    name = _COMMAND.fullmatch(str(value.get("command", "")).strip())
    if name is None:
        raise bad_request("BOT_COMMAND_INVALID")
    description = str(value.get("description", "")).strip()
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name[1], "description": description}


def _language(given: Parameters) -> str:
    language = given.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _scope(desk: Desk, given: Parameters) -> str:
    scope = given.structure("scope", "BotCommandScope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if "chat_id" in _SCOPES[scope["type"]]:
        scope = scope | {"chat_id": desk.world.addressee(str(scope.get("chat_id", ""))).id}
    return _key({name: scope.get(name) for name in ("type", *_SCOPES[scope["type"]])})


def _key(scope: dict[str, Any]) -> str:
    return json.dumps(scope, sort_keys=True)
