"""What each named formula computes, in a reader's words.

The exact definition stands in docs/formulas.md; here it is told to somebody who sees the figure and the readings that
it rests on. A place in braces is an argument of the formula, or the value of one of its operands (``a_rank``: the place
that it was read at). What a text does not say of the arguments is told behind it (``DETAILS``). A test holds the table
to the registry.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.languages.words import Marked, mark

#: By name and version.
MEANINGS: Final[Mapping[tuple[str, int], Marked]] = {
    ("growth_percent", 1): mark("100 × ({b} − {a}) ÷ {a}"),
    ("passed", 1): mark("the mark {mark}, which lies between {a} and {b}"),
    ("distinct_items", 1): mark("the number of different entries that these readings name"),
    ("distinct_sources", 1): mark("the number of different sites that these readings come from"),
    ("distinct_days", 1): mark("the number of different days of these readings"),
    ("quoted_count", 1): mark("the number of different entries with “{word}” in the quoted words"),
    ("absent", 1): mark("1 for an entry that is not on the list, 0 for one that is"),
    ("streak", 1): mark("the number of lists in a row, back from the newest, that hold this entry"),
    ("times_listed", 1): mark("the number of lists that hold this entry"),
    ("days_listed", 1): mark("the number of days on which one of the lists holds this entry"),
    ("new_since", 1): mark("the number of entries of the newest list that stand on none of the earlier ones"),
    ("new_among", 1): mark("the number of these entries that stand on none of the earlier lists"),
    ("first_listed", 1): mark("the number of earlier lists, none of which holds this entry"),
    ("days_away", 1): mark("the days since the last earlier list that holds this entry"),
    ("stayed", 1): mark("the number of entries that stand on both lists"),
    ("unmoved", 1): mark("the number of entries at the same place on both lists"),
    ("shown_count", 1): mark("the number of entries of the list that show this figure"),
    ("spearman", 1): mark("how closely the order of the list follows this figure: Spearman's rank correlation"),
    ("sum_listed", 1): mark("the sum of this figure over all entries of the list"),
    ("median_listed", 1): mark("the median of this figure over the entries of the list that show it"),
    ("titles_with", 1): mark("the number of entries of the list with “{word}” in the title"),
    ("largest_gain", 1): mark("{b} − {a}; no other entry of both lists gained more"),
    ("gain_rank", 1): mark("the place of this gain, {b} − {a}, among the gains of all entries of both lists"),
    ("largest_growth", 1): mark("100 × ({b} − {a}) ÷ {a}; no other entry of both lists grew more"),
    ("median_gain", 1): mark("the median gain of the entries that stand on both lists"),
    ("times_median_gain", 1): mark("{b} − {a}, divided by the median gain of the entries that stand on both lists"),
    ("largest_climb", 1): mark("from place {a_rank} to place {b_rank}; no other entry of both lists climbed more"),
    ("largest_fall", 1): mark("from place {a_rank} to place {b_rank}; no other entry of both lists fell more"),
    ("highest_listed", 1): mark("the figure as it was read; no other entry of the list shows more"),
    ("lowest_listed", 1): mark("the figure as it was read; no other entry of the list shows less"),
    ("metric_rank", 1): mark("the place of this figure among those of the list, the largest first"),
    ("record_max", 1): mark("the figure as it was read; no entry of any of these lists shows more"),
    ("record_min", 1): mark("the figure as it was read; no entry of any of these lists shows less"),
    ("own_record_max", 1): mark("the figure as it was read; this entry shows no more on any of these lists"),
    ("own_record_min", 1): mark("the figure as it was read; this entry shows no less on any of these lists"),
    ("own_readings", 1): mark("the number of lists that show this figure of the entry"),
    ("record_pattern_count", 1): mark(
        "the number of entries of the list that contain one of the words; none of the earlier lists has more"
    ),
    ("pattern_count", 1): mark("the number of entries of the list that contain one of the words"),
    ("share", 1): mark("100 × the entries that contain one of the words ÷ all entries of the list"),
    ("only_match", 1): mark("1, for no other entry of the list contains one of the words"),
    ("sum_matching", 1): mark("the sum of this figure over the entries of the list that contain one of the words"),
    ("share_of_sum", 1): mark(
        "100 × the sum of this figure over the entries that contain one of the words ÷ the sum over the whole list"
    ),
    ("distinct_publishers", 1): mark("the number of different owners of entries of the list"),
    ("distinct_owners", 1): mark("the number of different owners of these entries"),
    ("largest_publisher", 1): mark("the number of entries of one owner; no other owner has more on the list"),
    ("lists_below", 1): mark("the number of earlier lists, each of which comes to less"),
    ("lists_above", 1): mark("the number of earlier lists, each of which comes to more"),
    ("readings_below", 1): mark("the number of earlier lists on which no entry shows as much"),
    ("own_readings_below", 1): mark("the number of earlier readings of this entry, each of which shows less"),
    ("own_readings_above", 1): mark("the number of earlier readings of this entry, each of which shows more"),
    ("own_days_below", 1): mark("the number of earlier days on each of which this entry gained less"),
    ("days_below", 1): mark("the number of earlier days on which no entry of the list gained as much"),
    ("longest_gap", 1): mark("the longest time between two of these lists, in days"),
    ("lists_held", 1): mark("the number of these lists"),
    ("items_held", 1): mark("the number of different entries of these lists"),
    ("held_once", 1): mark("the number of entries that stand on only one of these lists"),
    ("median_stay", 1): mark("on how many of these lists an entry of the newest one stands: the median"),
    ("stayed_at_least", 1): mark("the number of entries of the newest list that at least {least} of these lists hold"),
    ("longest_stay", 1): mark("the number of lists that hold this entry; no entry of the newest list is on more"),
    ("owner_lists", 1): mark("the number of lists with an entry of this owner"),
    ("steadiest_owner", 1): mark("the number of lists with an entry of this owner; no other owner is on as many"),
    ("owner_items", 1): mark("the number of different entries of this owner on these lists"),
    ("owners_held", 1): mark("the number of different owners of entries of these lists"),
    ("agreement", 1): mark(
        "how closely two figures of the list follow each other ({one}, {other}): Spearman's rank correlation"
    ),
    ("more_of", 1): mark(
        "the number of entries of the list whose first figure is larger than the second ({one}, {other})"
    ),
    ("top_share", 1): mark("100 × the sum of the largest readings (how many: {top}) ÷ the sum of all"),
    ("part_of", 1): mark("100 × the figure as it was read ÷ another figure of the same reading"),
    ("median_part", 1): mark("100 × the figure as it was read ÷ another figure of the same reading: the median"),
    ("gained_count", 1): mark("the number of entries of both lists that show more on the newer one"),
    ("lost_count", 1): mark("the number of entries of both lists that show less on the newer one"),
    ("gained_sum", 1): mark("the sum of all gains of the entries that stand on both lists"),
    ("share_of_gains", 1): mark(
        "100 × the sum of the largest gains (how many: {top}) ÷ the sum of all gains of the entries on both lists"
    ),
    ("climbed_count", 1): mark("the number of entries of both lists that climbed"),
    ("fallen_count", 1): mark("the number of entries of both lists that fell"),
    ("per_gain", 1): mark(
        "one figure ({other}) ÷ the gain of another ({metric}), over the entries of both lists that gained: {which}"
    ),
    ("per_gain_count", 1): mark("the number of entries of both lists that gained"),
    ("named_size", 1): mark("the size that the name says"),
    ("agreed_size", 1): mark("the size as it was read; what the name says lies within 15% of it"),
    ("sizes_named", 1): mark("the number of names on the list that say a size"),
    ("median_named", 1): mark("the median of the sizes that names on the list say"),
    ("largest_named", 1): mark("the size that this name says; no other name on the list says more"),
    ("smallest_named", 1): mark("the size that this name says; no other name on the list says less"),
    ("about_ai", 1): mark("the number of entries of the list that are about AI by the paper's rule"),
    ("about_ai_among", 1): mark("the number of these entries, each of them about AI by the paper's rule"),
    ("share_about_ai", 1): mark("100 × the entries about AI by the paper's rule ÷ all entries of the list"),
    ("one_story_sites", 1): mark("the number of kinds of sources that tell of the same thing"),
    ("named_count", 1): mark("the number of different entries that name “{name}”"),
    ("said_count", 1): mark("the number of different entries that say “{word}”"),
    ("words_with", 1): mark("the number of entries of the list with “{word}” in their own words"),
    ("log_odds", 1): mark(
        "how far “{word}” stands out on today's lists against those before: the log-odds ratio ÷ its standard error"
    ),
    ("kept_top", 1): mark("the number of the first places whose entries held one of them before, too"),
}

#: What an argument says that the text left out, by its name.
DETAILS: Final[Mapping[str, Marked]] = {
    "metric": mark("figure: {value}"),
    "pattern": mark("words: {value}"),
    "word": mark("word: {value}"),
    "field": mark("looked for in: {value}"),
    "place": mark("place, at worst: {value}"),
    "top": mark("first places: {value}"),
    "least": mark("at least: {value}"),
    "below": mark("below: {value}"),
    "kind": mark("kind: {value}"),
    "count": mark("compared: {value}"),
}

#: The sizes of the lists that a formula looks at, by the name of the operand.
SIZES: Final[Mapping[str, Marked]] = {
    "list": mark("entries of the list: {value}"),
    "before": mark("entries of the older list: {value}"),
    "after": mark("entries of the newer list: {value}"),
    "lists": mark("lists: {value}"),
}

#: What stands for an argument that is one of a few words.
CHOSEN: Final[Mapping[tuple[str, str], Marked]] = {
    ("field", "owner"): mark("the owner's name"),
    ("field", "name"): mark("the name"),
    ("which", "median"): mark("the median"),
    ("which", "least"): mark("the least"),
    ("which", "most"): mark("the most"),
    ("count", "matching"): mark("entries that contain one of the words"),
    ("count", "publishers"): mark("different owners"),
    ("count", "largest_publisher"): mark("entries of the largest owner"),
    ("count", "size"): mark("all entries"),
}

#: Arguments that say nothing: every place, all entries, the whole of an id.
SILENT: Final = frozenset({("place", 0), ("top", 0), ("least", 0), ("field", "external_id")})
