"""What identity writes on the trail."""

from django.utils.translation import gettext_lazy as _

from sinambung.platform.audit.actions import TrailAction


class Trail(TrailAction):
    USER_ADDED = "identity.user_added", _("membuat akun %(subject)s")
    USERS_ADDED = "identity.users_added", _("membuat %(subject)s akun pegawai")
    USERS_REMOVED = (
        "identity.users_removed",
        _("menghapus %(subject)s akun dari impor yang dibatalkan, yang belum dipakai"),
    )
    USER_CHANGED = "identity.user_changed", _("mengubah data akun %(subject)s")
    EMAIL_CHANGED = (
        "identity.email_changed",
        _("mengganti alamat surel %(subject)s, sebelumnya %(before_email)s"),
    )
    USER_LOCKED = "identity.user_locked", _("mengunci akun %(subject)s")
    USER_UNLOCKED = "identity.user_unlocked", _("membuka kunci akun %(subject)s")
    ROLE_GRANTED = (
        "identity.role_granted",
        _("memberi peran %(role)s (%(unit)s) kepada %(subject)s"),
    )
    ROLE_ENDED = (
        "identity.role_ended",
        _("mengakhiri peran %(role)s (%(unit)s) dari %(subject)s"),
    )
    UNIT_ADDED = "identity.unit_added", _("menambah unit %(subject)s")
    UNIT_RENAMED = (
        "identity.unit_renamed",
        _("mengganti nama unit %(before)s menjadi %(subject)s mulai %(on)s"),
    )
    UNIT_MOVED = (
        "identity.unit_moved",
        _("memindahkan unit %(subject)s dari %(before)s ke %(after)s mulai %(on)s"),
    )
    UNIT_REMOVED = (
        "identity.unit_removed",
        _("menghapus unit %(subject)s, yang dibuat impor yang dibatalkan dan belum dipakai"),
    )
    UNIT_CLOSED = "identity.unit_closed", _("menutup unit %(subject)s mulai %(on)s")
    CODES_ISSUED = "identity.codes_issued", _("membuat lembar aktivasi untuk %(subject)s")
    ACTIVATED = "identity.activated", _("mengaktifkan akun %(subject)s")
    SIGNED_IN = "identity.signed_in", _("masuk dari %(address)s dengan %(method)s")
    SIGNED_OUT = "identity.signed_out", _("keluar")
    RESET_SENT = "identity.reset_sent", _("mengirim tautan sandi baru kepada %(subject)s")
    PASSWORD_SET = "identity.password_set", _("menetapkan sandi baru akun %(subject)s")
    PASSWORD_CHANGED = "identity.password_changed", _("mengganti sandi akun %(subject)s")
    FACTOR_ADDED = (
        "identity.factor_added",
        _("menambah %(factor)s pada akun %(subject)s"),
    )
    FACTOR_REMOVED = (
        "identity.factor_removed",
        _("menghapus %(factor)s dari akun %(subject)s"),
    )
    RECOVERY_USED = "identity.recovery_used", _("memakai kode pemulihan akun %(subject)s")
    SESSION_ENDED = "identity.session_ended", _("mengakhiri sesi akun %(subject)s")
    TOKEN_MADE = "identity.token_made", _("membuat token API %(token)s")
    TOKEN_REVOKED = "identity.token_revoked", _("mencabut token API %(token)s")
