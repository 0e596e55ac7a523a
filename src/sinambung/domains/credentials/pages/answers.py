"""The words of the public answer: title, sentence, what was checked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinambung.domains.credentials.pages.labels import spoken_rows
from sinambung.domains.credentials.services import Outcome
from sinambung.domains.credentials.services.checking import Check, Result, Shown
from sinambung.platform.ui.templatetags.ui import long_date, moment
from sinambung.pure.signatures.verdicts import Problem, Verdict

HEADLINES: dict[Outcome, tuple[str, Any, Any]] = {
    Outcome.VALID: (
        "success",
        gettext_lazy("Sertifikat ini asli dan berlaku"),
        gettext_lazy(
            "Cocokkan isi di bawah ini dengan dokumen di tangan Anda. "
            "Bila ada yang berbeda, dokumen itu tidak sah."
        ),
    ),
    Outcome.WITHDRAWN: (
        "danger",
        gettext_lazy("Sertifikat ini sudah dicabut"),
        gettext_lazy(
            "Sertifikat ini pernah diterbitkan, tetapi tidak berlaku lagi sejak %(date)s."
        ),
    ),
    Outcome.REPLACED: (
        "warning",
        gettext_lazy("Sertifikat ini sudah diganti"),
        gettext_lazy("Sertifikat ini asli, tetapi tidak berlaku lagi sejak %(date)s."),
    ),
    Outcome.UNKNOWN: (
        "danger",
        gettext_lazy("Sertifikat tidak ditemukan"),
        gettext_lazy(
            "Tidak ada sertifikat dengan kode atau nomor “%(asked)s”. "
            "Periksa ketikannya, atau periksa berkas PDF-nya."
        ),
    ),
    Outcome.ALTERED: (
        "danger",
        gettext_lazy("Berkas ini sudah diubah"),
        gettext_lazy("Isinya tidak sama dengan yang ditandatangani. Jangan gunakan berkas ini."),
    ),
    Outcome.RESIGNED: (
        "danger",
        gettext_lazy("Berkas ini ditandatangani ulang"),
        gettext_lazy(
            "Setelah ditandatangani, berkas ini ditandatangani lagi oleh pihak lain. "
            "Jangan gunakan berkas ini."
        ),
    ),
    Outcome.FORGED: (
        "danger",
        gettext_lazy("Penanda tangan tidak dikenal"),
        gettext_lazy(
            "Berkas ini ditandatangani oleh pihak yang tidak berwenang di sini. "
            "Jangan gunakan berkas ini."
        ),
    ),
    Outcome.UNREGISTERED: (
        "danger",
        gettext_lazy("Sertifikat ini tidak terdaftar"),
        gettext_lazy(
            "Tanda tangannya sah, tetapi isinya tidak tercatat dalam daftar sertifikat kami."
        ),
    ),
    Outcome.EXPIRED: (
        "warning",
        gettext_lazy("Tanda tangan sudah kedaluwarsa"),
        gettext_lazy(
            "Berkas ini tidak tercatat di sini dan sertifikat penanda tangannya tidak berlaku."
        ),
    ),
    Outcome.UNSIGNED: (
        "danger",
        gettext_lazy("Berkas ini tidak ditandatangani"),
        gettext_lazy(
            "Berkas asli selalu bertanda tangan elektronik. Salinan cetak dapat diperiksa "
            "dengan kode di sertifikatnya."
        ),
    ),
    Outcome.BROKEN: ("danger", gettext_lazy("Berkas ini tidak dapat diperiksa"), ""),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was checked, as the page shows it."""

    title: str
    detail: str
    passed: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything the answer page shows; `tone` is success, warning or danger."""

    tone: str
    title: str
    sentence: str
    lines: tuple[Line, ...]
    certificate: Shown | None
    rows: tuple[tuple[str, str], ...]
    shows_content: bool
    status: int
    file_signer: str
    clock: str


def answer_to(result: Result, *, at: dt.datetime, asked: str = "") -> Answer:
    """Put a result into words."""
    shown = result.certificate
    believed = result.outcome in (Outcome.VALID, Outcome.WITHDRAWN, Outcome.REPLACED)
    tone, title, sentence = _headline(result, asked)
    rows = spoken_rows(shown.rows, shown.content) if shown else []
    return Answer(
        tone=tone,
        title=title,
        sentence=sentence,
        lines=tuple(_line(check, result, at) for check in result.checks),
        certificate=shown,
        rows=tuple(rows),
        shows_content=believed,
        status=404 if result.outcome is Outcome.UNKNOWN else 200,
        file_signer=_file_signer(result.verdict) if not believed else "",
        clock=_clock(result.verdict) if believed else "",
    )


def _headline(result: Result, asked: str) -> tuple[str, str, str]:
    shown, verdict = result.certificate, result.verdict
    tone, title, sentence = HEADLINES[result.outcome]
    if result.outcome is Outcome.VALID and verdict is None:
        title = gettext_lazy("Sertifikat ini terdaftar")
    if result.outcome is Outcome.BROKEN:
        sentence = broken_sentence(verdict)
    ended = long_date(shown.ended_at) if shown and shown.ended_at else ""
    return tone, str(title), str(sentence) % {"date": ended, "asked": asked}


def broken_sentence(verdict: Verdict | None) -> str:
    """Say why a file cannot be checked."""
    sentences = {
        Problem.NOT_A_PDF: _("Berkas ini bukan PDF. Pilih berkas PDF sertifikatnya."),
        Problem.TOO_LARGE: _("Berkas ini terlalu besar; paling besar 10 MB."),
        Problem.TRUNCATED: _("Berkas ini terpotong. Minta berkas aslinya kepada pemiliknya."),
        Problem.ENCRYPTED: _("Berkas ini terkunci kata sandi. Minta yang tidak terkunci."),
        Problem.TOO_SLOW: _("Pemeriksaan dihentikan karena berkas ini tidak wajar rumitnya."),
    }
    rotten = _("Berkas ini rusak. Minta berkas aslinya kepada pemiliknya.")
    return sentences.get(verdict.problem, rotten) if verdict and verdict.problem else rotten


def _line(check: Check, result: Result, at: dt.datetime) -> Line:
    shown, verdict = result.certificate, result.verdict
    if check.name == "unchanged":
        changed = _("Berkas berubah setelah ditandatangani")
        title = _("Berkas tidak berubah") if check.passed else changed
        return Line(title, _change_detail(check, verdict), check.passed)
    if check.name == "signature":
        title = _("Tanda tangan sah") if check.passed else _("Tanda tangan tidak sah")
        return Line(title, _signature_detail(check, verdict), check.passed)
    if check.name == "registered":
        title = _("Nomor terdaftar") if check.passed else _("Nomor tidak terdaftar")
        return Line(title, _register_detail(shown), check.passed)
    title = _("Tidak dicabut atau diganti") if check.passed else _("Tidak berlaku lagi")
    return Line(title, _("Diperiksa %(moment)s.") % {"moment": moment(at)}, check.passed)


def _change_detail(check: Check, verdict: Verdict | None) -> str:
    if check.passed or verdict is None:
        return _("Isinya sama dengan yang ditandatangani.")
    if verdict.changed_pages and verdict.signed_at:
        return _("Ada perubahan pada halaman %(pages)s setelah %(moment)s.") % {
            "pages": ", ".join(str(number) for number in verdict.changed_pages),
            "moment": moment(verdict.signed_at),
        }
    if verdict.problem is Problem.ADDED_AFTER and verdict.signed_at:
        return _("Ada yang ditambahkan setelah %(moment)s.") % {"moment": moment(verdict.signed_at)}
    return _("Isinya tidak sama dengan yang ditandatangani.")


def _signature_detail(check: Check, verdict: Verdict | None) -> str:
    if check.passed:
        return _("Milik pejabat di atas dan berlaku saat ia menandatangani.")
    if verdict is None or verdict.problem is None:
        return ""
    return {
        Problem.NOT_SIGNED: _("Berkas ini tidak memuat tanda tangan elektronik."),
        Problem.SIGNER_NOT_TRUSTED: _("Penerbit sertifikat penanda tangan tidak dipercaya."),
        Problem.SIGNER_IMITATED: _(
            "Nama pejabat yang sah dipakai, tetapi sertifikatnya bukan dari penerbit tepercaya."
        ),
        Problem.STAMP_DAMAGED: _("Cap waktunya rusak atau dipalsukan."),
        Problem.SIGNED_AGAIN: _("Tanda tangan kedua ditambahkan oleh %(name)s.")
        % {"name": verdict.signed_again_by},
        Problem.CERTIFICATE_EXPIRED: _("Sertifikat penanda tangan sudah habis masa berlakunya."),
        Problem.SIGNED_OUTSIDE_VALIDITY: _("Ditandatangani di luar masa berlaku sertifikatnya."),
    }.get(verdict.problem, _("Tanda tangan tidak lagi cocok dengan isi berkas."))


def _register_detail(shown: Shown | None) -> str:
    if shown is None:
        return _("Tidak tercatat dalam daftar sertifikat kami.")
    return _("%(number)s atas nama %(name)s, tercatat dalam daftar %(issuer)s.") % {
        "number": shown.number,
        "name": shown.holder_name,
        "issuer": shown.issuer,
    }


def _clock(verdict: Verdict | None) -> str:
    """Say whose clock the moment of signing comes from; nothing when no file was brought."""
    if verdict is None:
        return ""
    if verdict.stamped_at is None:
        return _("Menurut jam penanda tangan, tanpa cap waktu pihak ketiga.")
    return _("Dibuktikan cap waktu %(name)s: %(moment)s.") % {
        "name": verdict.stamped_by,
        "moment": moment(verdict.stamped_at),
    }


def _file_signer(verdict: Verdict | None) -> str:
    return verdict.signer.name if verdict and verdict.signer else ""
