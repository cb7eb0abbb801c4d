"""The metric that an issue is held against: measured from what is printed, stored with it, shown to the admins."""

from newsroom.measuring.holding import hold_to_goals
from newsroom.measuring.measuring import measure

__all__ = ["hold_to_goals", "measure"]
