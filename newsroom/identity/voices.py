"""Kinds of source. Two sites that list the same thing by the same rule are one voice."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from domain.items import ItemKey, Kind


class Voice(StrEnum):
    """A kind of source.

    OSS Insight counts GitHub's stars, and Hugging Face's page of papers shows arXiv's: a repository on both, a paper
    on both, was not heard twice.
    """

    MODELS = "models"  # models, datasets and Spaces of Hugging Face
    CODE = "code"
    PAPERS = "papers"
    TALK = "talk"  # Hacker News
    POSTS = "posts"  # labs and press
    READERS = "readers"  # of ours, in a poll


_VOICES: Mapping[Kind, Voice] = {
    Kind.MODEL: Voice.MODELS,
    Kind.DATASET: Voice.MODELS,
    Kind.SPACE: Voice.MODELS,
    Kind.REPOSITORY: Voice.CODE,
    Kind.PAPER: Voice.PAPERS,
    Kind.STORY: Voice.TALK,
    Kind.POST: Voice.POSTS,
    Kind.OPTION: Voice.READERS,
}


def voice_of(key: ItemKey) -> Voice:
    """The kind of source that an item is from."""
    return _VOICES[key.kind]
