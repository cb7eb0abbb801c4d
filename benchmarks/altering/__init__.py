"""The kinds of alteration that the checks must catch, each applied to a true claim in every way it can be.

Some alter what is printed (``runs``), some our own words around it (``words``). An alteration that leaves the sentence
as true as it was is no alteration: another item of the same value, the same day spelt again.
"""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.altering import runs, words
from benchmarks.altering.claims import Alteration, Around

__all__ = ["KINDS", "Alteration", "Around"]

KINDS: Mapping[str, Alteration] = {
    "digit": runs.digit,
    "off by one": runs.off_by_one,
    "unit": runs.unit,
    "per cent": runs.per_cent,
    "entity": runs.entity,
    "crossed entities": runs.crossed_entities,
    "direction": words.direction,
    "ranks reversed": runs.ranks_reversed,
    "period": runs.period,
    "superlative": words.superlative,
    "cause": words.cause,
    "hype": words.hype,
    "invented name": words.invented_name,
    "forecast": words.forecast,
    "invented figure": words.invented_figure,
    "fabrication": words.fabrication,
    "foreign link": runs.foreign_link,
    "rounding over a milestone": runs.milestone,
    "another date": runs.another_date,
    "crossed figures": runs.crossed_figures,
    "another list": words.another_list,
    "quotation altered": runs.quote_altered,
    "same story": runs.same_story,
    "negation": words.negation,
    "verbs": words.verbs,
    "predicate": words.predicate,
    "quantity": words.quantity,
    "moment": words.moment,
}
