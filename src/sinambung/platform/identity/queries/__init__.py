"""Reads about accounts, units, roles and what a person may do."""

from sinambung.platform.identity.queries.accounts import (
    AccountFilter,
    account_list,
    account_page,
    has_administrator,
    role_held,
    user_named,
)
from sinambung.platform.identity.queries.actors import (
    actor_of,
    actor_of_token,
    unit_ids_under,
    unit_scope,
)
from sinambung.platform.identity.queries.matrix import capability_matrix
from sinambung.platform.identity.queries.own import (
    has_second_factor,
    lacks_required_factor,
    own_page,
    own_scopes,
    password_proof,
    sessions_of,
    tokens_of,
    totp_address,
    version_of,
)
from sinambung.platform.identity.queries.slips import slip_sheet
from sinambung.platform.identity.queries.units import (
    matching_units,
    unit_named,
    unit_page,
    unit_tree,
)

__all__ = [
    "AccountFilter",
    "account_list",
    "account_page",
    "actor_of",
    "actor_of_token",
    "capability_matrix",
    "has_administrator",
    "has_second_factor",
    "lacks_required_factor",
    "matching_units",
    "own_page",
    "own_scopes",
    "password_proof",
    "role_held",
    "sessions_of",
    "slip_sheet",
    "tokens_of",
    "totp_address",
    "unit_ids_under",
    "unit_named",
    "unit_page",
    "unit_scope",
    "unit_tree",
    "user_named",
    "version_of",
]
