"""Addresses of signing in, the own account, and the administration of accounts and units."""

from __future__ import annotations

from django.urls import path

from sinambung.platform.identity.pages import (
    accounts,
    factors,
    own,
    roles,
    sign_in,
    tokens,
    units,
    ways_in,
)

_ACCOUNT = "pengaturan/akun/<ulid:user_id>/"
_UNIT = "pengaturan/unit/<ulid:unit_id>/"

app_name = "identity"
urlpatterns = [
    path("masuk/", sign_in.sign_in, name="sign_in"),
    path("masuk/faktor/", sign_in.second_factor, name="second_factor"),
    path("masuk/kunci-sandi/", sign_in.passkey, name="passkey"),
    path("keluar/", sign_in.sign_out, name="sign_out"),
    path("sandi/lupa/", ways_in.forgotten, name="forgotten"),
    path("sandi/baru/<str:token>/", ways_in.new_password, name="new_password"),
    path("aktivasi/", ways_in.activate, name="activate"),
    path("aktivasi/kode/", ways_in.activation_code, name="activation_code"),
    path("akun/", own.account, name="own"),
    path("akun/konfirmasi/", own.confirm, name="confirm"),
    path("akun/sandi/", own.change_password, name="change_password"),
    path("akun/surel/", own.change_email, name="change_email"),
    path("akun/sesi/<int:session_id>/akhiri/", own.end_session, name="end_session"),
    path("akun/sesi/akhiri-lain/", own.end_other_sessions, name="end_other_sessions"),
    path("akun/autentikator/", factors.add_totp, name="add_totp"),
    path("akun/autentikator/hapus/", factors.remove_totp, name="remove_totp"),
    path("akun/pemulihan/", factors.recovery_codes, name="recovery_codes"),
    path("akun/kunci-sandi/", factors.add_passkey, name="add_passkey"),
    path("akun/kunci-sandi/<int:passkey_id>/hapus/", factors.remove_passkey, name="remove_passkey"),
    path("akun/token/", tokens.add_token, name="add_token"),
    path("akun/token/<ulid:token_id>/cabut/", tokens.revoke_token, name="revoke_token"),
    path("pengaturan/akun/", accounts.account_list, name="account_list"),
    path("pengaturan/akun/tambah/", accounts.add_account, name="add_account"),
    path(_ACCOUNT, accounts.account, name="account"),
    path(f"{_ACCOUNT}ubah/", accounts.change_account, name="change_account"),
    path(f"{_ACCOUNT}kunci/", accounts.lock_account, name="lock_account"),
    path(f"{_ACCOUNT}buka/", accounts.unlock_account, name="unlock_account"),
    path(f"{_ACCOUNT}sandi/", accounts.send_reset, name="send_reset"),
    path(f"{_ACCOUNT}faktor/lepas/", accounts.remove_factors, name="remove_factors"),
    path(f"{_ACCOUNT}sesi/<int:session_id>/akhiri/", accounts.end_session, name="end_session_of"),
    path(f"{_ACCOUNT}aktivasi/", accounts.activation_slip, name="activation_slip"),
    path(f"{_ACCOUNT}peran/", roles.grant_role, name="grant_role"),
    path("pengaturan/peran/<ulid:role_id>/akhiri/", roles.end_role, name="end_role"),
    path("pengaturan/peran/", roles.matrix, name="matrix"),
    path("pengaturan/unit/", units.unit_tree, name="unit_tree"),
    path("pengaturan/unit/tambah/", units.add_unit, name="add_unit"),
    path("pengaturan/unit/pilihan/", units.unit_options, name="unit_options"),
    path(_UNIT, units.unit, name="unit"),
    path(f"{_UNIT}nama/", units.rename_unit, name="rename_unit"),
    path(f"{_UNIT}pindah/", units.move_unit, name="move_unit"),
    path(f"{_UNIT}tutup/", units.close_unit, name="close_unit"),
]
