"""What a paid broadcast costs: Stars for each message above the free rate.

Source: Bot API, ``allow_paid_broadcast``, and the bots' FAQ: 0.1 Star for each message beyond 30 in a second, up to
1,000 a second; bots may ask for it that hold 10,000 Stars and have 10,000 monthly readers.
"""

from __future__ import annotations

from dataclasses import dataclass

#: Messages a second that cost nothing.
FREE_RATE = 30

#: Messages a second that can be had at all.
MOST_RATE = 1000

_STARS = 0.1


@dataclass(frozen=True, slots=True)
class Price:
    """In Stars: ``about``, if the rate is kept throughout, and what it costs at ``most``, if every message is paid."""

    about: float
    most: float


def price(messages: int, rate: int) -> Price:
    """What so many messages at so many a second cost."""
    paid_share = max(0.0, 1 - FREE_RATE / rate)
    return Price(messages * paid_share * _STARS, messages * _STARS if paid_share else 0.0)


def stars(messages: int) -> float:
    """What so many messages above the free rate have cost."""
    return messages * _STARS
