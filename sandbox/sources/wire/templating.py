"""The pages and feeds that are marked-up text: templates in each site's own structure, every value escaped."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from sandbox.sources.wire.text import EASTERN, for_xml, grouped, number, rfc822, seconds


def render(template: str, **values: Any) -> bytes:
    """The named template with these values, as UTF-8 bytes."""
    return _environment().get_template(template).render(**values).encode("utf-8", "surrogatepass")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sandbox.sources.wire", "templates"), autoescape=True, undefined=StrictUndefined
    )
    environment.filters.update(
        seconds=seconds,
        rfc822=rfc822,
        iso_offset=_iso_offset,
        number=number,
        grouped=grouped,
        for_xml=for_xml,
        for_cdata=_for_cdata,
        numeric_entities=_numeric_entities,
    )
    return environment


def _iso_offset(moment: datetime, zone: str) -> str:
    """``2026-08-17T19:56:26-04:00``, or with ``+00:00``."""
    if zone == "-0400":
        return moment.astimezone(EASTERN).isoformat(timespec="seconds")
    return f"{seconds(moment).removesuffix('Z')}+00:00"


def _for_cdata(text: str) -> str:
    """Nothing is escaped inside a CDATA section, whose own end must not occur in it."""
    return for_xml(text).replace("]]>", "]]]]><![CDATA[>")


def _numeric_entities(text: str) -> str:
    """As WordPress writes: typographic characters as ``&#8217;``, the rest escaped."""
    escaped = for_xml(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(character if ord(character) < 128 else f"&#{ord(character)};" for character in escaped)
