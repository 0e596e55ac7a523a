"""Who may sign in to Provinsi Contoh, and with what: printed for everybody to see."""

from __future__ import annotations

from dataclasses import dataclass

from sinambung.platform.identity.capabilities import Role

PASSWORD = "perahu-hijau-di-hulu"  # noqa: S105 - sample data, printed on purpose


@dataclass(frozen=True, slots=True)
class Login:
    """`agency` names the agency in which the role holds; empty means everywhere."""

    username: str
    name: str
    role: Role
    agency: str
    does: str


BPSDM = "Badan Pengembangan Sumber Daya Manusia"

STAFF = (
    Login("admin", "Rini Kusumawati", Role.ADMINISTRATOR, "", "administrator"),
    Login("penyelenggara", "Laksmi Anindita", Role.ORGANISER, "", "penyelenggara"),
    Login("kepala", "Maria Goreti Ngalai", Role.HEAD_OF_TRAINING, "", "kepala lembaga pelatihan"),
    Login(
        "kepegawaian",
        "Hendra Kurniawan",
        Role.AGENCY_HR,
        "Dinas Kesehatan",
        "pengelola kepegawaian Dinas Kesehatan",
    ),
    Login("pimpinan", "Syarif Hidayat Alamsyah", Role.LEADER, "", "pimpinan"),
    Login("pemeriksa", "Dewi Handayani", Role.AUDITOR, "", "pemeriksa"),
)
