"""What Telegram links by itself in a text: addresses, e-mails, @names, #tags, $tags and /commands.

Telegram's own search knows every top-level domain there is; this one knows the countries' and the common ones, which
are what news of software is full of (README.md, main.py, x.ai).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sandbox.telegram.markup.cleaning import framed
from sandbox.telegram.markup.entities import QUOTES, STYLES, Entity, in_order, units

#: Top-level domains of two letters (the countries', as ISO 3166 gives them), then common longer ones.
_COUNTRIES: Final = (
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd "
    "cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge "
    "gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh "
    "ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw "
    "mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb "
    "sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug "
    "uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
_COMMON: Final = (
    "academy agency app art bio blog build business cafe chat cloud club codes com community company computer data "
    "design dev digital edu email energy engineering events expert finance foundation fun fund games global google gov "
    "group guide health help host info int institute international jobs land lat law legal life link live lol love ltd "
    "market media mil money mov museum name net network new news ninja now one online org page partners photos pics "
    "plus press pro prod pub radio red report review rocks run sale school science search security services shop show "
    "site social software solutions space store stream studio style support systems team tech technology tips today "
    "tools top training travel university video watch web website wiki win work works world xyz zip zone"
)
_DOMAINS: Final = frozenset(f"{_COUNTRIES} {_COMMON}".split())
_PATH: Final = r"[^\s\u2000-\u200b\u200e\u200f\u2016-\u206f<>«»\"]"
_URL = re.compile(
    rf"(?<![\w/#@.~-])(?:(?P<scheme>https?|ftp)://(?:[^\s/\[\]{{}}()'`<>\"@«»]+@)?)?"
    rf"(?P<host>(?:[\w~-]+\.)+(?P<top>\w[\w-]*))(?![\w@~])(?::[0-9]{{1,5}})?(?P<path>[/?#]{_PATH}*)?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}")
_OWN_URL = re.compile(rf"(?:tg|ton)://[a-z0-9_-]{{1,253}}(?:[/?#]{_PATH}*)?", re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![\w/@])(?:[a-z0-9_-]{0,26}[.+]){0,10}[a-z0-9_-]{1,35}@(?:(?:[a-z0-9][a-z0-9_-]{0,28})?[a-z0-9][.]){1,6}[a-z]{2,8}(?![\w@])",
    re.IGNORECASE,
)
_MENTION = re.compile(r"(?<![\w/])@(?:[A-Za-z0-9_]{4,32}|gif|vid|pic)(?!\w)", re.ASCII)
_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])", re.ASCII)
_HASHTAG = re.compile(r"(?<![\w])#(?=\w*[^\W\d_])\w{1,256}(?![\w#])")
_CASHTAG = re.compile(r"(?<![$\w])\$(?:1INCH|[A-Z]{1,8})(?![$\w])")
_SIMPLE: Final = {
    "mention": ("@", _MENTION),
    "bot_command": ("/", _COMMAND),
    "hashtag": ("#", _HASHTAG),
    "cashtag": ("$", _CASHTAG),
    "email": ("@", _EMAIL),
}
_LOOSE_ENDS: Final = ".:;,('?!`"
_BRACKETS: Final = {")": "(", "]": "[", "}": "{"}


def with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """The entities with those that Telegram finds in the text by itself; what the sender marked comes first."""
    taken = [one for one in entities if one.kind not in STYLES and one.kind not in QUOTES]
    quotes = [one for one in entities if one.kind in QUOTES]
    found = [one for one in find(text) if _fits(one, taken, quotes)]
    if not found:
        return entities
    styles = [one for one in entities if one.kind in STYLES]
    return framed(in_order(taken + quotes + found), styles)


def find(text: str) -> list[Entity]:
    """What Telegram finds, in order, none touching another."""
    spans = sorted(_spans(text), key=lambda span: (span[0], -span[1]))
    found: list[Entity] = []
    last = 0
    for start, end, kind in spans:
        if start >= last:
            found.append(Entity(units(text[:start]), units(text[start:end]), kind))
            last = end
    return found


def _fits(found: Entity, taken: list[Entity], quotes: list[Entity]) -> bool:
    if any(one.offset < found.end and found.offset < one.end for one in taken):
        return False
    inside = [one for one in quotes if one.offset < found.end and found.offset < one.end]
    return all(one.offset <= found.offset and found.end <= one.end for one in inside)


def _spans(text: str) -> Iterator[tuple[int, int, str]]:
    for kind, (sign, pattern) in _SIMPLE.items():
        if sign in text:
            yield from ((found.start(), found.end(), kind) for found in pattern.finditer(text))
    if "://" in text:
        yield from ((found.start(), found.start() + len(_tidied(found[0])), "url") for found in _OWN_URL.finditer(text))
    if "." in text:
        yield from (
            (found.start(), found.start() + len(url), "url") for found in _URL.finditer(text) if (url := _url(found))
        )


def _url(found: re.Match[str]) -> str:
    """The address in a match, without what belongs to the sentence around it; empty when it is none."""
    host, top = found["host"], found["top"]
    is_address = _ADDRESS.fullmatch(host) and all(int(part) < 256 for part in host.split("."))
    if not is_address and (_looks_odd(host) or not _is_known(top, bool(found["scheme"]))):
        return ""
    path = found["path"] or ""
    before = found[0][: len(found[0]) - len(path)]
    return before + _tidied(path)


def _is_known(top: str, has_scheme: bool) -> bool:
    """Whether a host may end so. With a capital first letter alone it is the begin of a sentence after a lost space."""
    if has_scheme:
        return len(top) > 1 and top.isalpha()
    return top.lower() in _DOMAINS and not (top[0].isupper() and top[1:].islower())


def _looks_odd(host: str) -> bool:
    labels = host.split(".")
    return any(label.endswith("-") or len(label) > 63 for label in labels) or "_" in labels[-1] or "_" in labels[-2]


def _tidied(path: str) -> str:
    """A path without a bracket that was opened before it and without the punctuation behind it."""
    depth = dict.fromkeys(_BRACKETS.values(), 0)
    for at, character in enumerate(path):
        if character in depth:
            depth[character] += 1
        elif character in _BRACKETS:
            depth[_BRACKETS[character]] -= 1
            if depth[_BRACKETS[character]] < 0:
                path = path[:at]
                break
    tidy = path.rstrip(_LOOSE_ENDS)
    return "" if tidy in {"?", "#"} else tidy
