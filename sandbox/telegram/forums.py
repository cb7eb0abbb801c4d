"""Groups with topics: who opens, closes and deletes them, and where a message goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sandbox.telegram.chats import Chat, ChatKind, Status, Topic, User
from sandbox.telegram.desk import Desk, may
from sandbox.telegram.errors import bad_request
from sandbox.telegram.messages import Content

#: The right of an administrator to open, close and write into closed topics.
RIGHT: Final = "can_manage_topics"
_BLUE: Final = 0x6FB9F0
_LONGEST_NAME: Final = 128


@dataclass(frozen=True, slots=True)
class Forum:
    """The topics of one group, as somebody (``by``) acts on them; a service message tells everybody of each act."""

    desk: Desk
    chat: Chat
    by: User

    def open(self, name: str) -> Topic:
        """A new topic; its number is that of the message that tells of it. Raises Refusal: no supergroup, no name."""
        if self.chat.kind is not ChatKind.SUPERGROUP:
            raise bad_request("the chat is not a forum")
        if not 1 <= len(name.strip()) <= _LONGEST_NAME:
            raise bad_request("TOPIC_TITLE_EMPTY" if not name.strip() else "topic name is too long")
        with self.desk.world.signal.lock:
            self.chat.forum = True
            topic = Topic(self.chat.last_message_id + 1, name.strip())
            self.chat.topics[topic.id] = topic
            self._tell(topic, forum_topic_created={"name": topic.name, "icon_color": _BLUE})
        return topic

    def rename(self, number: int, name: str) -> None:
        """Call a topic otherwise."""
        with self.desk.world.signal.lock:
            topic = self.topic(number)
            topic.name = name
            self._tell(topic, forum_topic_edited={"name": name})

    def close(self, number: int) -> None:
        """Let nobody but administrators write into a topic. Raises Refusal: it is not there, or is closed already."""
        self._set_closed(number, closed=True)

    def reopen(self, number: int) -> None:
        """Let everybody write into a topic again."""
        self._set_closed(number, closed=False)

    def delete(self, number: int) -> None:
        """Take a topic away with all that stands in it; nobody is told."""
        with self.desk.world.signal.lock:
            del self.chat.topics[self.topic(number).id]
            for message in [one for one in self.chat.messages.values() if one.thread == number]:
                self.desk.world.delete(message)

    def topic(self, number: int) -> Topic:
        """The topic with a number. Raises Refusal."""
        found = self.chat.topics.get(number)
        if found is None:
            raise bad_request("TOPIC_ID_INVALID")
        return found

    def _set_closed(self, number: int, *, closed: bool) -> None:
        with self.desk.world.signal.lock:
            topic = self.topic(number)
            if topic.closed is closed:
                raise bad_request("TOPIC_NOT_MODIFIED")
            topic.closed = closed
            if closed:
                self._tell(topic, forum_topic_closed={})
            else:
                self._tell(topic, forum_topic_reopened={})

    def _tell(self, topic: Topic, **service: Mapping[str, Any]) -> None:
        message = self.desk.world.post(self.chat, self.by, Content(service=service), thread=topic.id)
        if not self.by.is_bot and self.chat.bot.is_inside:
            self.desk.updates.put("message", message.as_json())


def may_manage(chat: Chat) -> bool:
    """Whether the bot may open and close topics, and write into closed ones."""
    return chat.bot.status is Status.CREATOR or may(chat.bot, RIGHT)
