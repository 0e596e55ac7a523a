"""Reads about employees: for other apps, for the import, for pages and exports."""

from sinambung.domains.workforce.queries.choices import (
    class_choices,
    echelon_choices,
    editable_details,
    employment_choices,
    unit_choices,
)
from sinambung.domains.workforce.queries.codes import Codes, Guess, Unknown, codes, rank_choices
from sinambung.domains.workforce.queries.details import EmployeePage, employee_page
from sinambung.domains.workforce.queries.doors import (
    EmployeeCard,
    employee_card,
    employee_id_of_account,
    employee_of_account,
    employees_by_nip,
    search,
)
from sinambung.domains.workforce.queries.exports import EXPORT_COLUMNS, export_rows
from sinambung.domains.workforce.queries.lists import (
    EmployeeFilter,
    EmployeeList,
    employee_list,
    filtered,
)
from sinambung.domains.workforce.queries.stored import (
    COLUMNS,
    DAYS,
    FIELDS,
    StoredEmployee,
    from_stated,
    stated_values,
    stored_by_nip,
    stored_education,
)
from sinambung.domains.workforce.queries.units import Place, UnitIndex, unit_index

__all__ = [
    "COLUMNS",
    "DAYS",
    "EXPORT_COLUMNS",
    "FIELDS",
    "Codes",
    "EmployeeCard",
    "EmployeeFilter",
    "EmployeeList",
    "EmployeePage",
    "Guess",
    "Place",
    "StoredEmployee",
    "UnitIndex",
    "Unknown",
    "class_choices",
    "codes",
    "echelon_choices",
    "editable_details",
    "employee_card",
    "employee_id_of_account",
    "employee_list",
    "employee_of_account",
    "employee_page",
    "employees_by_nip",
    "employment_choices",
    "export_rows",
    "filtered",
    "from_stated",
    "rank_choices",
    "search",
    "stated_values",
    "stored_by_nip",
    "stored_education",
    "unit_choices",
    "unit_index",
]
