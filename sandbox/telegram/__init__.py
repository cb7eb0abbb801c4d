"""A local Telegram: the Bot API, its users and their chats, in memory, for tests, the demo and benchmarks.

It stands up without a network and answers as Telegram does, errors included::

    telegram = SandboxTelegram()
    reader = telegram.user(1001, "Ada Lovelace", language="en")
    channel = telegram.channel("@ai_morning_post", "The AI Morning Post")
    with Serving(telegram) as serving:                # sandbox.serving; any ASGI server will do
        ...                                           # a bot with base url serving.url + "/bot" + telegram.token
        reader.start("from_readme")                   # an update for the bot
        message = telegram.wait_for(lambda: reader.received and reader.received[-1])
        press = reader.press(message, "Lead story")   # by the button's text or its callback data
        press.answer()                                # the toast; waits for answerCallbackQuery
        reader.block()                                # my_chat_member for the bot; sends are refused with 403
        [m.text for m in telegram.chat("@ai_morning_post").messages.values()]

Waiting is never sleeping: ``wait_for(predicate, timeout)`` in a thread, ``await until(predicate, timeout)`` in a
coroutine; both try the predicate at every change, and a few times a second besides.

What people do: ``say`` (also in groups and channels), ``start``, ``press``, ``rewrite``, ``react``, ``block``,
``unblock``, ``share_location``. What becomes of chats: ``set_rights``, ``remove_bot``, ``upgrade``, ``deactivate``, and
``forum(group, reader).open("News")`` and its like for groups with topics.
``crowd(1, 10_000)`` is as many persons who have started the bot. What a chat shows: ``reader.received``,
``chat.messages``, and of each message ``text``, ``html``, ``entities``, ``blocks``, ``buttons``, ``edits`` and
``content.losses`` (what Telegram would take and not show to everybody). The bot may poll or set a webhook.

Limits: ``SandboxTelegram(limits=TELEGRAM)`` (or PAID, or Limits(...)); off unless asked for. What was counted is in
``telegram.statistics``, what came twice in ``telegram.duplicates()``.

Faults: ``telegram.faults.add(Fault.too_many_requests(5).only(methods=["sendMessage"], times=1))``,
``telegram.faults.latency = Latency(p50=0.06, p99=0.3)``, ``telegram.faults.outage(seconds=3)``,
``telegram.faults.clear()``.

In a browser, ``/`` shows chats side by side: ``telegram.show([Pane("Channel", channel.id, reader.id), …], banner=…)``.
There people do by hand what they do in Telegram: write with formatting, press, reply, edit, react, send pictures and
places, type ``@bot words``, follow links to the bot, save files; what a message is for stands behind its "⋯".
From another process (``python -m sandbox``) all of this goes over HTTP below ``/_sandbox``; see ``control``.
"""

from sandbox.telegram.chats import CHANNEL_RIGHTS, Chat, ChatKind, Membership, Status, User
from sandbox.telegram.errors import Refusal
from sandbox.telegram.faults import Fault, Faults, Harm, Latency
from sandbox.telegram.limits import PAID, TELEGRAM, UNLIMITED, Limits, Reading, Statistics
from sandbox.telegram.messages import Button, Content, Document, Message, Photo
from sandbox.telegram.page.views import Pane
from sandbox.telegram.people import Press, Reader
from sandbox.telegram.sandbox import TOKEN, SandboxTelegram

__all__ = [
    "CHANNEL_RIGHTS",
    "PAID",
    "TELEGRAM",
    "TOKEN",
    "UNLIMITED",
    "Button",
    "Chat",
    "ChatKind",
    "Content",
    "Document",
    "Fault",
    "Faults",
    "Harm",
    "Latency",
    "Limits",
    "Membership",
    "Message",
    "Pane",
    "Photo",
    "Press",
    "Reader",
    "Reading",
    "Refusal",
    "SandboxTelegram",
    "Statistics",
    "Status",
    "User",
]
