"""Photos: sending them, and getting them back."""

from __future__ import annotations

from typing import Any

from sandbox.telegram.desk import Desk
from sandbox.telegram.errors import bad_request
from sandbox.telegram.messages import Content, Document, Photo
from sandbox.telegram.methods.messages import change, editable, keyboard_of
from sandbox.telegram.methods.texts import caption
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.pictures import photo_from


def send_photo(desk: Desk, given: Parameters) -> dict[str, Any]:
    """``sendPhoto``: an upload, or the file_id of one. Addresses are refused: the sandbox fetches nothing."""
    text, entities = caption(given)
    keyboard = keyboard_of(given)
    photo = _given_photo(desk, given)
    chat = desk.world.addressee(given.text("chat_id"))
    return desk.send(chat, Content(text, entities, photo=photo, keyboard=keyboard), given).as_json()


def send_document(desk: Desk, given: Parameters) -> dict[str, Any]:
    """``sendDocument``: an upload."""
    text, entities = caption(given)
    keyboard = keyboard_of(given)
    upload = given.files.get("document")
    if upload is None:
        raise bad_request("there is no document in the request")
    if not upload.content:
        raise bad_request("file must be non-empty")
    document = Document(upload.name, upload.content, upload.media_type)
    chat = desk.world.addressee(given.text("chat_id"))
    return desk.send(chat, Content(text, entities, document=document, keyboard=keyboard), given).as_json()


def edit_message_caption(desk: Desk, given: Parameters) -> dict[str, Any]:
    """``editMessageCaption``."""
    text, entities = caption(given)
    keyboard = keyboard_of(given)
    message = editable(desk, given)
    if message.content.photo is None:
        raise bad_request("there is no caption in the message to edit")
    return change(desk, message, Content(text, entities, photo=message.content.photo, keyboard=keyboard))


def get_file(desk: Desk, given: Parameters) -> dict[str, Any]:
    """``getFile``; the file itself is at /file/bot<token>/<file_path>."""
    photo = desk.photos.get(given.text("file_id"))
    if photo is None:
        raise bad_request("invalid file_id")
    return {
        "file_id": photo.file_id,
        "file_unique_id": photo.unique_id,
        "file_size": len(photo.content),
        "file_path": path_of(photo),
    }


def path_of(photo: Photo) -> str:
    """Where a photo lies below /file/bot<token>/."""
    return f"photos/{photo.unique_id}.{photo.media_type.partition('/')[2]}"


def find_photo(desk: Desk, given: Parameters, source: str) -> Photo | None:
    """The photo that ``attach://name`` or a file_id means; an upload is stored."""
    if source.startswith("attach://"):
        upload = given.files.get(source.removeprefix("attach://"))
        return None if upload is None else _stored(desk, upload.content)
    return desk.photos.get(source)


def _given_photo(desk: Desk, given: Parameters) -> Photo:
    if "photo" in given.files:
        return _stored(desk, given.files["photo"].content)
    source = given.text("photo")
    if not source:
        raise bad_request("there is no photo in the request")
    photo = find_photo(desk, given, source)
    if photo is not None:
        return photo
    if source.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    raise bad_request("wrong file identifier/HTTP URL specified")


def _stored(desk: Desk, content: bytes) -> Photo:
    photo = photo_from(content)
    return desk.photos.setdefault(photo.file_id, photo)
