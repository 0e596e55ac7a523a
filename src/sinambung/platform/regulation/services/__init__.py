"""Changes to local values: one person enters, another confirms."""

from sinambung.platform.regulation.services.deciding import (
    AlreadyDecided,
    AlreadyInForce,
    SamePerson,
    confirm_local_values,
    return_local_values,
)
from sinambung.platform.regulation.services.entering import (
    NothingEntered,
    StillWaiting,
    ValuesRefused,
    enter_local_values,
    withdraw_local_values,
)
from sinambung.platform.regulation.services.importing import import_local_law

__all__ = [
    "AlreadyDecided",
    "AlreadyInForce",
    "NothingEntered",
    "SamePerson",
    "StillWaiting",
    "ValuesRefused",
    "confirm_local_values",
    "enter_local_values",
    "import_local_law",
    "return_local_values",
    "withdraw_local_values",
]
