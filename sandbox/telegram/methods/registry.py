"""Every method by its name in lower case; Telegram does not mind the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sandbox.telegram.desk import Desk
from sandbox.telegram.methods import (
    chats,
    conversation,
    copies,
    edits,
    inline,
    media,
    messages,
    polls,
    profile,
    rich,
    topics,
    updates,
)
from sandbox.telegram.parameters import Parameters

Method = Callable[[Desk, Parameters], Any]

METHODS: Final[Mapping[str, Method]] = {
    name.lower(): method
    for name, method in {
        "getMe": conversation.get_me,
        "answerCallbackQuery": conversation.answer_callback_query,
        "answerInlineQuery": inline.answer_inline_query,
        "sendMessage": messages.send_message,
        "sendRichMessage": rich.send_rich_message,
        "sendPhoto": media.send_photo,
        "sendDocument": media.send_document,
        "sendPoll": polls.send_poll,
        "stopPoll": polls.stop_poll,
        "copyMessage": copies.copy_message,
        "forwardMessage": copies.forward_message,
        "editMessageText": edits.edit_message_text,
        "editMessageReplyMarkup": edits.edit_message_reply_markup,
        "editMessageCaption": media.edit_message_caption,
        "deleteMessage": messages.delete_message,
        "deleteMessages": messages.delete_messages,
        "getFile": media.get_file,
        "getChat": chats.get_chat,
        "getChatMember": chats.get_chat_member,
        "getChatMemberCount": chats.get_chat_member_count,
        "getChatAdministrators": chats.get_chat_administrators,
        "createForumTopic": topics.create_forum_topic,
        "editForumTopic": topics.edit_forum_topic,
        "closeForumTopic": topics.close_forum_topic,
        "reopenForumTopic": topics.reopen_forum_topic,
        "deleteForumTopic": topics.delete_forum_topic,
        "sendChatAction": chats.send_chat_action,
        "pinChatMessage": chats.pin_chat_message,
        "unpinChatMessage": chats.unpin_chat_message,
        "setMessageReaction": chats.set_message_reaction,
        "setMyCommands": profile.set_my_commands,
        "deleteMyCommands": profile.delete_my_commands,
        "getMyCommands": profile.get_my_commands,
        "setMyName": profile.setter(lambda of: of.names, "name", 64, "BOT_TITLE_INVALID"),
        "getMyName": profile.getter(lambda of: of.names, "name"),
        "setMyShortDescription": profile.setter(
            lambda of: of.short_descriptions, "short_description", 120, "ABOUT_TOO_LONG"
        ),
        "getMyShortDescription": profile.getter(lambda of: of.short_descriptions, "short_description"),
        "setMyDescription": profile.setter(lambda of: of.descriptions, "description", 512, "DESCRIPTION_TOO_LONG"),
        "getMyDescription": profile.getter(lambda of: of.descriptions, "description"),
        "setChatMenuButton": profile.set_chat_menu_button,
        "getChatMenuButton": profile.get_chat_menu_button,
        "setWebhook": updates.set_webhook,
        "deleteWebhook": updates.delete_webhook,
        "getWebhookInfo": updates.get_webhook_info,
        "close": updates.close,
        "logOut": updates.log_out,
    }.items()
}
