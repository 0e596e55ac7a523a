"""Changes to accounts, units, roles, sessions and keys: one function per use case."""

from sinambung.platform.identity.services.accounts import (
    NameTaken,
    add_user,
    change_own_email,
    change_user,
    lock_user,
    unlock_user,
)
from sinambung.platform.identity.services.activation import (
    Slip,
    WrongCode,
    activate,
    issue_activation_codes,
)
from sinambung.platform.identity.services.factors import (
    add_totp,
    check_second_factor,
    remove_all_factors,
    remove_totp,
    renew_recovery_codes,
)
from sinambung.platform.identity.services.first import add_administrator
from sinambung.platform.identity.services.housekeeping import forget_old, forget_old_daily
from sinambung.platform.identity.services.passkeys import (
    add_passkey,
    begin_adding_passkey,
    begin_passkey,
    check_passkey,
    remove_passkey,
)
from sinambung.platform.identity.services.password_policy import (
    WeakPassword,
    check_password_strength,
)
from sinambung.platform.identity.services.passwords import (
    ask_new_password,
    change_own_password,
    give_password,
    send_reset_link,
    set_new_password,
)
from sinambung.platform.identity.services.roles import LastAdministrator, end_role, grant_role
from sinambung.platform.identity.services.rosters import (
    EmployeeAccount,
    RosterAccounts,
    add_employee_accounts,
    place_users,
    rename_users,
    withdraw_accounts,
    withdraw_units,
)
from sinambung.platform.identity.services.sessions import (
    CannotSignIn,
    ConfirmFirst,
    began_without_factor,
    begin_session,
    confirm,
    end_other_sessions,
    end_own_session,
    end_session,
    is_within_limits,
    keep_alive,
    keep_session,
    require_confirmed,
    still_lacks_factor,
)
from sinambung.platform.identity.services.sign_in import (
    WrongCredentials,
    check_credentials,
    check_own_password,
    device_mark,
)
from sinambung.platform.identity.services.throttle import TooManyAttempts
from sinambung.platform.identity.services.tokens import make_token, note_token_use, revoke_token
from sinambung.platform.identity.services.units import (
    CodeTaken,
    add_unit,
    close_unit,
    move_unit,
    rename_unit,
)

__all__ = [
    "CannotSignIn",
    "CodeTaken",
    "ConfirmFirst",
    "EmployeeAccount",
    "LastAdministrator",
    "NameTaken",
    "RosterAccounts",
    "Slip",
    "TooManyAttempts",
    "WeakPassword",
    "WrongCode",
    "WrongCredentials",
    "activate",
    "add_administrator",
    "add_employee_accounts",
    "add_passkey",
    "add_totp",
    "add_unit",
    "add_user",
    "ask_new_password",
    "began_without_factor",
    "begin_adding_passkey",
    "begin_passkey",
    "begin_session",
    "change_own_email",
    "change_own_password",
    "change_user",
    "check_credentials",
    "check_own_password",
    "check_passkey",
    "check_password_strength",
    "check_second_factor",
    "close_unit",
    "confirm",
    "device_mark",
    "end_other_sessions",
    "end_own_session",
    "end_role",
    "end_session",
    "forget_old",
    "forget_old_daily",
    "give_password",
    "grant_role",
    "is_within_limits",
    "issue_activation_codes",
    "keep_alive",
    "keep_session",
    "lock_user",
    "make_token",
    "move_unit",
    "note_token_use",
    "place_users",
    "remove_all_factors",
    "remove_passkey",
    "remove_totp",
    "rename_unit",
    "rename_users",
    "renew_recovery_codes",
    "require_confirmed",
    "revoke_token",
    "send_reset_link",
    "set_new_password",
    "still_lacks_factor",
    "unlock_user",
    "withdraw_accounts",
    "withdraw_units",
]
