"""Words that look like names and are none, as ``word_lists.toml`` has them; in small letters."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def generic_words() -> frozenset[str]:
    """Parts of model names that say how a file is made or for what: ``gguf``, ``instruct``."""
    return frozenset(_lists()["generic"])


@cache
def common_words() -> frozenset[str]:
    """Words that begin a title with a capital and name nothing: ``introducing``."""
    return frozenset(_lists()["common"])


@cache
def stop_words() -> frozenset[str]:
    """Words of the language, of sites and of headlines that are no theme: ``with``, ``github``, ``announces``."""
    return frozenset(_lists()["stop"])


@cache
def worn_words() -> frozenset[str]:
    """Words that the trade uses every day: ``agent``, ``model``."""
    return frozenset(_lists()["worn"])


def _lists() -> dict[str, list[str]]:
    return tomllib.loads((resources.files("newsroom.insights") / "word_lists.toml").read_text(encoding="utf-8"))
