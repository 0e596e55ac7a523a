"""Changes to employees: one by one with a reason, or many from a sheet."""

from sinambung.domains.workforce.services.changes import (
    EmployeeDetails,
    change_details,
    move_to_unit,
    record_position_change,
    record_rank_change,
)
from sinambung.domains.workforce.services.imports import (
    add_missing_units,
    import_employees,
    refresh_statistics,
)
from sinambung.domains.workforce.services.taking_back import (
    take_back_employees,
    take_back_units,
)

__all__ = [
    "EmployeeDetails",
    "add_missing_units",
    "change_details",
    "import_employees",
    "move_to_unit",
    "record_position_change",
    "record_rank_change",
    "refresh_statistics",
    "take_back_employees",
    "take_back_units",
]
