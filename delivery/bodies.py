"""The bodies of requests to Telegram: JSON, a form, or a form with files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO
from urllib.parse import urlencode

from aiohttp import FormData

_JSON = b"application/json"
_FORM = b"application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Body:
    """What a request carries, and what it is."""

    media_type: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class Upload:
    """A file for a field of a form."""

    field: str
    name: str
    content: bytes | IO[bytes]
    media_type: str = "application/octet-stream"


def json_body(content: bytes) -> Body:
    """JSON that was encoded before."""
    return Body(_JSON, content)


async def form_body(fields: Mapping[str, str], uploads: Iterable[Upload] = ()) -> Body:
    """A form, with the files of ``uploads`` if there are any."""
    files = list(uploads)
    if not files:
        return Body(_FORM, urlencode(fields).encode())
    form = FormData(default_to_multipart=True)
    for name, value in fields.items():
        form.add_field(name, value)
    for upload in files:
        form.add_field(upload.field, upload.content, filename=upload.name, content_type=upload.media_type)
    parts = form()
    return Body(parts.headers["Content-Type"].encode("latin-1"), await parts.as_bytes())
