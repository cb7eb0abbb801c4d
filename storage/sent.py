"""What was sent is written down, and the next part of it is owed: the hot half of settling."""

from __future__ import annotations

from collections.abc import Sequence

from domain.deliveries import Sent
from domain.ledger import Settlement, WorkerId
from storage.bare import Bare, Statement
from storage.clocks import Clocks

_OPEN = "state IN ('sending', 'uncertain')"

# One row after the other is the fastest on SQLite; the positions are those of ``_ending``.
_ONE = (
    "UPDATE deliveries SET state = 'sent', message_id = ?, settled_at = ?, lease_until = NULL, error = ''"  # noqa: S608
    f" WHERE id = ? AND attempts = ? AND worker = ? AND {_OPEN}"
)
_ALL = Statement(f"""
UPDATE deliveries AS d
   SET state = 'sent', message_id = e.message_id, settled_at = e.at, lease_until = NULL, error = ''
  FROM unnest(CAST(:ids AS bigint[]), CAST(:attempts AS integer[]), CAST(:message_ids AS bigint[]),
              CAST(:moments AS timestamptz[])) AS e (id, attempt, message_id, at)
 WHERE d.id = e.id AND d.attempts = e.attempt AND d.worker = :worker AND d.{_OPEN}
""")  # noqa: S608 - our own words

_NEXT_PARTS = Statement("""
INSERT INTO deliveries
       (broadcast_id, chat_id, chat_kind, part, style, silent, state, due_at, next_attempt_at, created_at)
SELECT d.broadcast_id, d.chat_id, d.chat_kind, d.part + 1, d.style, d.silent, 'queued', :now, :now, :now
  FROM deliveries d JOIN broadcasts b ON b.id = d.broadcast_id
 WHERE d.id {among_ids} AND d.state = 'sent' AND d.part < b.parts AND b.state <> 'cancelled'
   AND d.chat_id IS NOT NULL AND d.edits IS NULL
 ORDER BY d.id
    ON CONFLICT DO NOTHING
""")
_GO_ON = Statement("""
UPDATE broadcasts SET state = 'running', finished_at = NULL
 WHERE state = 'done' AND id IN (SELECT broadcast_id FROM deliveries WHERE id {among_ids})
   AND EXISTS (SELECT 1 FROM deliveries d WHERE d.broadcast_id = broadcasts.id AND d.state = 'queued')
""")


def write_sent(bare: Bare, worker: WorkerId, settlements: Sequence[tuple[Settlement, Sent]], clocks: Clocks) -> None:
    """Write down what was sent, each in the attempt in which its row stands."""
    if not settlements:
        return
    if bare.is_sqlite:
        bare.run_many(
            _ONE,
            [
                (sent.message_id, bare.moment(clocks.ended(each.at)), each.delivery, each.attempt, worker)
                for each, sent in settlements
            ],
        )
    else:
        asked = {
            "ids": bare.ids(settlement.delivery for settlement, _ in settlements),
            "attempts": bare.ids(settlement.attempt for settlement, _ in settlements),
            "message_ids": bare.ids(sent.message_id for _, sent in settlements),
            "moments": bare.moments(clocks.ended(settlement.at) for settlement, _ in settlements),
            "worker": worker,
        }
        bare.run(_ALL, asked)


def owe_next_parts(bare: Bare, sent: Sequence[int], clocks: Clocks) -> None:
    """Owe the parts that follow those that were sent; none is owed twice.

    A part goes only after its forerunner was sent, and so to everybody after all first parts that are due. A late
    truth may come when the broadcast was thought done.
    """
    if bare.run(_NEXT_PARTS, {"ids": bare.ids(sent), "now": bare.moment(clocks.now)}):
        bare.run(_GO_ON, {"ids": bare.ids(sent)})
