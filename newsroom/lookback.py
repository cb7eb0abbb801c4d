"""Looking back on a list: some days ago, the last days in a row, all that we hold; only lists that were read whole."""

from __future__ import annotations

from newsroom.record import DAY, DAY_TOLERANCE, WEEK_TOLERANCE, Comparison, Listing, Mornings

#: How many days in a row a series shows.
DAYS_OF_A_SERIES = 6

#: Two lists whose sizes differ by more than this share are not compared by counts (WRITING §2.2: share shift).
SAME_SIZE = 0.1


def ago(mornings: Mornings, days: int) -> Listing | None:
    """The list so many days before today's, read whole and as long; None when there is none within the tolerance."""
    listing = mornings.days[days] if days < len(mornings.days) else None
    if listing is None or not listing.can_miss(mornings.today):
        return None
    tolerance = DAY_TOLERANCE if days == 1 else WEEK_TOLERANCE
    return listing if abs(mornings.today.at - listing.at - days * DAY) <= tolerance else None


def farthest_ago(mornings: Mornings, *days: int) -> Listing | None:
    """The first of these lists that there is."""
    return next((listing for each in days if (listing := ago(mornings, each)) is not None), None)


def in_a_row(mornings: Mornings, days: int = DAYS_OF_A_SERIES) -> tuple[Listing, ...]:
    """The last days read whole without a gap, newest first, at most so many."""
    unbroken: list[Listing] = []
    for listing in mornings.running()[:days]:
        if not listing.complete:
            break
        unbroken.append(listing)
    return tuple(unbroken)


def held(mornings: Mornings) -> tuple[Listing, ...]:
    """Every list that we hold and that was read whole, newest first."""
    return tuple(listing for listing in mornings.read if listing.complete)


def compared(mornings: Mornings) -> Comparison | None:
    """Today's list against that of a week ago, else of yesterday, both read whole."""
    both = mornings.farthest()
    return both if both is not None and both.before.complete and both.after.complete else None


def comparable(mornings: Mornings) -> Comparison | None:
    """As ``compared``, both of the same size within a tenth, so that counts on them can be set side by side."""
    for days in (7, 1):
        both = mornings.against(days)
        if both is not None and both.before.complete and both.after.complete and _of_one_size(both):
            return both
    return None


def _of_one_size(both: Comparison) -> bool:
    return abs(len(both.before) - len(both.after)) <= SAME_SIZE * len(both.after)
