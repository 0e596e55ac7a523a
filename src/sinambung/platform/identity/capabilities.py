"""What a role may do: capabilities, roles, and the one table that joins them."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Capability(StrEnum):
    """One thing that may be done, within a unit subtree. `USE` is every active account's."""

    USE = "use"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_UNITS = "manage_units"
    ISSUE_ACTIVATION = "issue_activation"
    VIEW_OUTBOX = "view_outbox"
    VIEW_TRAIL = "view_trail"
    VIEW_JOBS = "view_jobs"
    VIEW_EMPLOYEES = "view_employees"
    MANAGE_EMPLOYEES = "manage_employees"
    ENTER_REGULATION = "enter_regulation"
    CONFIRM_REGULATION = "confirm_regulation"
    VIEW_PROGRAMMES = "view_programmes"
    MANAGE_PROGRAMMES = "manage_programmes"
    VIEW_BATCHES = "view_batches"
    MANAGE_BATCHES = "manage_batches"
    NOMINATE = "nominate"
    VERIFY_DOCUMENTS = "verify_documents"
    GRADE = "grade"
    CONFIRM_GRADES = "confirm_grades"
    DECIDE_GRADUATION = "decide_graduation"
    VIEW_CERTIFICATES = "view_certificates"
    ISSUE_CERTIFICATES = "issue_certificates"
    WITHDRAW_CERTIFICATES = "withdraw_certificates"


class Role(StrEnum):
    """What an account is, in a unit and for a time."""

    ADMINISTRATOR = "administrator"
    ORGANISER = "organiser"
    HEAD_OF_TRAINING = "head_of_training"
    AGENCY_HR = "agency_hr"
    TRAINER = "trainer"
    LEADER = "leader"
    AUDITOR = "auditor"


CAPABILITY_NAMES: dict[Capability, Promise | str] = {
    Capability.USE: _("Memakai Sinambung dan akun sendiri"),
    Capability.MANAGE_ACCOUNTS: _("Mengelola akun dan peran"),
    Capability.MANAGE_UNITS: _("Mengelola unit"),
    Capability.ISSUE_ACTIVATION: _("Membuat lembar aktivasi"),
    Capability.VIEW_OUTBOX: _("Melihat surel keluar"),
    Capability.VIEW_TRAIL: _("Melihat jejak"),
    Capability.VIEW_JOBS: _("Melihat pekerjaan latar"),
    Capability.VIEW_EMPLOYEES: _("Melihat pegawai"),
    Capability.MANAGE_EMPLOYEES: _("Mengelola pegawai"),
    Capability.ENTER_REGULATION: _("Mengisi kelengkapan regulasi"),
    Capability.CONFIRM_REGULATION: _("Mengesahkan kelengkapan regulasi"),
    Capability.VIEW_PROGRAMMES: _("Melihat program pelatihan"),
    Capability.MANAGE_PROGRAMMES: _("Mengelola program pelatihan"),
    Capability.VIEW_BATCHES: _("Melihat angkatan"),
    Capability.MANAGE_BATCHES: _("Mengelola angkatan"),
    Capability.NOMINATE: _("Mengusulkan peserta"),
    Capability.VERIFY_DOCUMENTS: _("Memeriksa dokumen peserta"),
    Capability.GRADE: _("Menilai peserta"),
    Capability.CONFIRM_GRADES: _("Mengesahkan perubahan nilai"),
    Capability.DECIDE_GRADUATION: _("Menetapkan kelulusan"),
    Capability.VIEW_CERTIFICATES: _("Melihat sertifikat"),
    Capability.ISSUE_CERTIFICATES: _("Menerbitkan sertifikat"),
    Capability.WITHDRAW_CERTIFICATES: _("Mencabut sertifikat"),
}

ROLE_NAMES: dict[Role, Promise | str] = {
    Role.ADMINISTRATOR: _("Administrator"),
    Role.ORGANISER: _("Penyelenggara"),
    Role.HEAD_OF_TRAINING: _("Kepala lembaga pelatihan"),
    Role.AGENCY_HR: _("Pengelola kepegawaian"),
    Role.TRAINER: _("Widyaiswara"),
    Role.LEADER: _("Pimpinan"),
    Role.AUDITOR: _("Pemeriksa"),
}

_C = Capability

# Who may do one of these can do far-reaching harm with a stolen password: a second factor is asked.
FAR_REACHING = frozenset(
    {
        _C.MANAGE_ACCOUNTS,
        _C.MANAGE_UNITS,
        _C.ISSUE_ACTIVATION,
        _C.MANAGE_EMPLOYEES,
        _C.CONFIRM_REGULATION,
        _C.MANAGE_BATCHES,
        _C.CONFIRM_GRADES,
        _C.DECIDE_GRADUATION,
        _C.ISSUE_CERTIFICATES,
        _C.WITHDRAW_CERTIFICATES,
    }
)

CAPABILITIES_OF: dict[Role, frozenset[Capability]] = {
    Role.ADMINISTRATOR: frozenset(
        {
            _C.MANAGE_ACCOUNTS,
            _C.MANAGE_UNITS,
            _C.ISSUE_ACTIVATION,
            _C.VIEW_OUTBOX,
            _C.VIEW_TRAIL,
            _C.VIEW_JOBS,
            _C.VIEW_EMPLOYEES,
            _C.MANAGE_EMPLOYEES,
            _C.VIEW_PROGRAMMES,
            _C.VIEW_BATCHES,
            _C.VIEW_CERTIFICATES,
            _C.ENTER_REGULATION,
        }
    ),
    Role.ORGANISER: frozenset(
        {
            _C.ISSUE_ACTIVATION,
            _C.VIEW_JOBS,
            _C.VIEW_TRAIL,
            _C.VIEW_EMPLOYEES,
            _C.ENTER_REGULATION,
            _C.VIEW_PROGRAMMES,
            _C.MANAGE_PROGRAMMES,
            _C.VIEW_BATCHES,
            _C.MANAGE_BATCHES,
            _C.NOMINATE,
            _C.VERIFY_DOCUMENTS,
            _C.GRADE,
            _C.VIEW_CERTIFICATES,
            _C.ISSUE_CERTIFICATES,
        }
    ),
    Role.HEAD_OF_TRAINING: frozenset(
        {
            _C.VIEW_TRAIL,
            _C.VIEW_JOBS,
            _C.VIEW_EMPLOYEES,
            _C.CONFIRM_REGULATION,
            _C.VIEW_PROGRAMMES,
            _C.VIEW_BATCHES,
            _C.CONFIRM_GRADES,
            _C.DECIDE_GRADUATION,
            _C.VIEW_CERTIFICATES,
            _C.ISSUE_CERTIFICATES,
            _C.WITHDRAW_CERTIFICATES,
        }
    ),
    Role.AGENCY_HR: frozenset(
        {_C.VIEW_EMPLOYEES, _C.MANAGE_EMPLOYEES, _C.NOMINATE, _C.VIEW_PROGRAMMES}
    ),
    Role.TRAINER: frozenset({_C.VIEW_PROGRAMMES}),
    Role.LEADER: frozenset(
        {_C.VIEW_EMPLOYEES, _C.VIEW_PROGRAMMES, _C.VIEW_BATCHES, _C.VIEW_CERTIFICATES}
    ),
    Role.AUDITOR: frozenset(
        {
            _C.VIEW_TRAIL,
            _C.VIEW_EMPLOYEES,
            _C.VIEW_PROGRAMMES,
            _C.VIEW_BATCHES,
            _C.VIEW_CERTIFICATES,
        }
    ),
}
