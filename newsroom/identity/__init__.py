"""One story from many sources is one story: who an item is, which items tell of the same, which only repeat another."""

from newsroom.identity.addresses import canonical_url
from newsroom.identity.families import ModelName, model_names
from newsroom.identity.identities import identities
from newsroom.identity.relays import relays
from newsroom.identity.subjects import Subject, Subjects, one_story
from newsroom.identity.titles import nearly_equal, normal_title
from newsroom.identity.voices import Voice, voice_of

__all__ = [
    "ModelName",
    "Subject",
    "Subjects",
    "Voice",
    "canonical_url",
    "identities",
    "model_names",
    "nearly_equal",
    "normal_title",
    "one_story",
    "relays",
    "voice_of",
]
