"""The closed sets that a programme edition uses."""

from __future__ import annotations

from enum import StrEnum


class LearningMode(StrEnum):
    SELF_STUDY = "self_study"
    ONLINE_LIVE = "online_live"
    ONLINE_OWN_TIME = "online_own_time"
    CLASSROOM = "classroom"
    BLENDED = "blended"
    FIELD_VISIT = "field_visit"
    WORKPLACE = "workplace"
    SEMINAR = "seminar"

    @property
    def label(self) -> str:
        return MODE_LABELS[self]


MODE_LABELS = {
    LearningMode.SELF_STUDY: "Pembelajaran mandiri",
    LearningMode.ONLINE_LIVE: "E-learning sinkron",
    LearningMode.ONLINE_OWN_TIME: "E-learning asinkron",
    LearningMode.CLASSROOM: "Klasikal",
    LearningMode.BLENDED: "Campuran (blended)",
    LearningMode.FIELD_VISIT: "Studi lapangan",
    LearningMode.WORKPLACE: "Aktualisasi di instansi asal",
    LearningMode.SEMINAR: "Seminar",
}


class DayKind(StrEnum):
    CALENDAR = "calendar"
    WORKING = "working"
    TRAINING = "training"


class SubjectKind(StrEnum):
    CORE = "core"
    ELECTIVE = "elective"
    SUPPORTING = "supporting"
    ORIENTATION = "orientation"


class ComponentKind(StrEnum):
    WEIGHTED = "weighted"
    DEDUCTION = "deduction"
    PREREQUISITE = "prerequisite"


class CertificateKind(StrEnum):
    COMPLETION = "completion"
    CERTIFICATE = "certificate"
    STATEMENT = "statement"

    @property
    def label(self) -> str:
        return CERTIFICATE_LABELS[self]


CERTIFICATE_LABELS = {
    CertificateKind.COMPLETION: "STTP",
    CertificateKind.CERTIFICATE: "Sertifikat",
    CertificateKind.STATEMENT: "Surat keterangan",
}
