"""The one root of our errors; a class says by its name what to do next.

MorningPostError
├── StorageError        the database refused: locked, full, gone; nothing was half-written
├── SourceError         a source gave no usable answer (sources/)
├── SettingsError       the settings are wrong; says each problem (morningpost/)
├── NotFound            there is no such issue, broadcast or reader
└── NotAllowed          the act does not fit the state (publish a held issue)
    └── Outdated        the act was meant for something that has changed since: look again, then decide
"""

from __future__ import annotations


class MorningPostError(Exception):
    """Something that an operator or an admin can be told in one line, with what to do."""


class StorageError(MorningPostError):
    """The database refused; nothing was half-written."""


class NotFound(MorningPostError):
    """There is no such thing; the message names it."""


class NotAllowed(MorningPostError):
    """The act does not fit the state that a thing is in."""


class Outdated(NotAllowed):
    """The act names an issue by a fingerprint that it no longer bears."""
