"""What can go wrong between us and a site; a class says by its name what follows.

SourceError
├── TryLater          nobody answered, or the site said "not now": may be asked again
│   └── QuotaSpent    the site named the moment from which it answers again: not asked before it
├── Rejected          the site answered, and the answer was no
├── ForbiddenAddress  the address is one that we never ask
├── TooMuch           the answer is larger, or slower, than we take
├── Unreadable        the answer is not in the site's own form
└── FeedsFileWrong    the list of feeds can't be used as it is
"""

from __future__ import annotations

from domain.errors import MorningPostError
from domain.text import plain_line

#: An error is told in a log line, a harvest and the coverage of an issue: characters.
LONGEST_ERROR = 300


class SourceError(MorningPostError):
    """A source gave no usable answer. The text is one plain line without secrets, and says what follows."""

    def __init__(self, text: str) -> None:
        super().__init__(plain_line(text, LONGEST_ERROR))


class TryLater(SourceError):
    """It may work another time; ``seconds`` is how long the site asked us to wait, None when it did not say."""

    def __init__(self, text: str, seconds: float | None = None) -> None:
        super().__init__(text)
        self.seconds = seconds


class QuotaSpent(TryLater):
    """The site takes no more requests from us for ``seconds``."""


class Rejected(SourceError):
    """The site answered with ``status`` (HTTP), and asking the same again won't help."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.status = status


class ForbiddenAddress(SourceError):
    """A private address, a redirect that leads nowhere good, or a scheme that is not the web's."""


class TooMuch(SourceError):
    """The answer goes past a cap of size, depth or time, and was not read to its end."""


class Unreadable(SourceError):
    """The answer is not what the site documents: broken, of another format, or changed."""


class FeedsFileWrong(SourceError):
    """The file of feeds is missing or wrong; the text names the entry and what it should be."""
