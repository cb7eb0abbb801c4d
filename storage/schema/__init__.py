"""Every table, once, for SQLite and PostgreSQL alike; one module for each noun.

The tables are declared as typed classes, because a type checker then knows what each column of a query gives back.
The classes are never instantiated: queries run on Core connections and come back as rows, from which the modules
of this room build the values of ``domain``. An identity map and lazy loading would buy nothing here and cost
several times the time and the memory where tens of thousands of readings are loaded each morning.

Ids of what evidence cites (readings, harvests, words of items) are never given out twice.
"""

from storage.schema.admin_actions import AdminActionRow
from storage.schema.alarms import AlarmRow
from storage.schema.deliveries import BroadcastRow, DeliveryRow, GateRow
from storage.schema.displays import DisplayRow
from storage.schema.editing import DirectionRow, EditRow, SkipRow
from storage.schema.evidence import CitationKind, CitationRow, DoubtRow
from storage.schema.feedback import FeedbackRow, ReactionRow
from storage.schema.issues import EditionRow, IssueRow, OversetRow, RevisionRow
from storage.schema.items import ItemRow, ItemVersionRow
from storage.schema.links import LinkAskingRow
from storage.schema.notices import NoticeRow
from storage.schema.page_views import PageViewRow
from storage.schema.polls import PollRow
from storage.schema.questions import QuestionRow
from storage.schema.readings import HarvestRow, ReadingRow
from storage.schema.search import SearchEntryRow
from storage.schema.subscribers import FormRow, SubscriberRow
from storage.schema.table import Table
from storage.schema.timetable import JobRunRow
from storage.schema.updates import UpdateRow

__all__ = [
    "AdminActionRow",
    "AlarmRow",
    "BroadcastRow",
    "CitationKind",
    "CitationRow",
    "DeliveryRow",
    "DirectionRow",
    "DisplayRow",
    "DoubtRow",
    "EditRow",
    "EditionRow",
    "FeedbackRow",
    "FormRow",
    "GateRow",
    "HarvestRow",
    "IssueRow",
    "ItemRow",
    "ItemVersionRow",
    "JobRunRow",
    "LinkAskingRow",
    "NoticeRow",
    "OversetRow",
    "PageViewRow",
    "PollRow",
    "QuestionRow",
    "ReactionRow",
    "ReadingRow",
    "RevisionRow",
    "SearchEntryRow",
    "SkipRow",
    "SubscriberRow",
    "Table",
    "UpdateRow",
]
