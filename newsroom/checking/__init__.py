"""The checks: no sentence without evidence, each figure, name and link recomputed from storage."""

from newsroom.checking.auditing import audit
from newsroom.checking.checks import check
from newsroom.checking.verdicts import AuditReport, Recomputed, Verdict
from newsroom.facts import Facts

__all__ = ["AuditReport", "Facts", "Recomputed", "Verdict", "audit", "check"]
