"""What the certificate template prints, and the facts that travel inside the file."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings

from sinambung.platform.documents import prints as letterhead
from sinambung.platform.documents import typesetting, wording

if TYPE_CHECKING:
    from sinambung.domains.credentials.models import Certificate

TEMPLATE = "credentials/print/certificate.typ"
_MONTH = "|".join(wording.MONTHS)
FACTS_SCHEMA = "sinambung/sertifikat/1"


@dataclass(frozen=True, slots=True)
class CertificatePaper:
    """A certificate as the template reads it: its context and the files beside it."""

    context: dict[str, Any]
    files: dict[str, bytes]


def certificate_paper(
    certificate: Certificate, *, portrait: bytes | None, signed_at: dt.datetime
) -> CertificatePaper:
    """Return the paper of a numbered certificate; `signed_at` is in the zone to be shown."""
    source, holder = certificate.content["source"], certificate.content["holder"]
    sender = letterhead.sender()
    url = check_url(certificate.code)
    context = {
        "title": source["title"],
        "number": certificate.number,
        "government": source["government"] or sender["government"],
        "agency": source["agency"] or source["organiser"],
        "sample": sender["sample"],
        "emblem": sender["emblem"],
        "opening": _tied(source["opening"]),
        "rows": _holder_rows(holder),
        "photo": portrait is not None,
        "result": holder["result"],
        "distinction": holder["distinction"],
        "statement": _statement(source, passed=bool(holder["result"])),
        "place_date": f"{source['place']}, {_date(source['issued_on'])}",
        "signed_text": wording.moment(signed_at),
        "signer": source["signatory"],
        "code": certificate.shown_code,
        "check_url": url,
        "check_site": check_url("").partition("://")[2].rstrip("/"),
        "pages_note": source["note"],
        "back": _back(certificate, source, holder),
    }
    files = {
        "qr.svg": typesetting.qr_svg(url),
        "fakta.json": json.dumps(facts(certificate), ensure_ascii=False).encode(),
        **letterhead.emblem_files(),
    }
    if portrait is not None:
        files["photo.jpg"] = portrait
    return CertificatePaper(context=context, files=files)


def page_count(certificate: Certificate) -> int:
    """Return how many pages the picture of a certificate has: a second one for subjects, marks."""
    content = certificate.content
    return 1 + bool(_subjects(content["source"], content["holder"]) or content["holder"]["marks"])


def check_url(code: str) -> str:
    """Return the public address at which a certificate is checked."""
    return f"{settings.BASE_URL}/periksa/{code}/"


def facts(certificate: Certificate) -> dict[str, Any]:
    """Return the facts attached to the file, for `sinambung verify` and other programs."""
    source, holder = certificate.content["source"], certificate.content["holder"]
    return {
        "skema": FACTS_SCHEMA,
        "kode": certificate.code,
        "nomor": certificate.number,
        "isi": dict(content_rows(certificate)),
        "mata_pelatihan": _subjects(source, holder),
        "nilai": [*holder["marks"], *([holder["final"]] if holder["final"] else [])],
        "alamat_pemeriksaan": check_url(certificate.code),
    }


def content_rows(certificate: Certificate) -> list[tuple[str, str]]:
    """Return the certificate's content as label and value, with nothing left out but marks."""
    source, holder = certificate.content["source"], certificate.content["holder"]
    rows = [*_holder_rows(holder), *public_rows(certificate)]
    rows.append(("Penanda tangan", f"{source['signatory']['name']}, {_position(source)}"))
    return list(dict(rows).items())


def public_rows(certificate: Certificate) -> list[tuple[str, str]]:
    """Return what anybody may read who checks a certificate."""
    source, holder = certificate.content["source"], certificate.content["holder"]
    title = source["title"]
    if source["short_title"] and source["short_title"] != title:
        title = f"{title} ({source['short_title']})"
    rows = [
        ("Nama", holder["holder_name"]),
        ("Sertifikat", title),
        ("Nomor", certificate.number),
        ("Pelatihan", " ".join(filter(None, [source["programme"], source["batch"]]))),
        ("Penyelenggara", source["organiser"]),
        ("Waktu", _dates(source)),
        ("Lama", f"{source['lesson_hours']} jam pelajaran (JP)" if source["lesson_hours"] else ""),
        ("Hasil", _result(holder)),
        ("Instansi", holder["agency"]),
        ("Tanggal terbit", _date(source["issued_on"])),
    ]
    return [(label, value) for label, value in rows if value]


def masked_nip(nip: str) -> str:
    """Return the end of a NIP: enough to compare with a paper, too little to copy."""
    return f"{nip[-4]} {nip[-3:]}" if len(nip) >= 8 else ""


def _holder_rows(holder: dict[str, Any]) -> list[tuple[str, str]]:
    born = ", ".join(filter(None, [holder["birth_place"], _date(holder["born_on"])]))
    rows = [
        ("Nama", holder["holder_name"]),
        ("NIP", _spaced(holder["holder_nip"])),
        ("Tempat, tanggal lahir", born),
        ("Pangkat, golongan ruang", holder["rank"]),
        ("Jabatan", holder["position"]),
        ("Instansi", holder["agency"]),
    ]
    return [(label, value) for label, value in rows if value]


def _statement(source: dict[str, Any], *, passed: bool) -> str:
    opening = "pada" if passed else "telah mengikuti"
    named = " ".join(filter(None, [source["programme"], source["batch"]]))
    since, until = _day(source["starts_on"]), _day(source["ends_on"])
    on = "pada tanggal" if since == until else "dari tanggal"
    text = f"{opening} {named} yang diselenggarakan oleh {source['organiser']}"
    text = _tied(f"{text} {on} {wording.date_range(since, until)}")
    hours = source["lesson_hours"]
    if not hours:
        return f"{text}."
    words = f" ({wording.number(int(hours))})" if hours.isdecimal() else ""
    return f"{text}, selama {hours}{words} jam\u00a0pelajaran."


def _back(
    certificate: Certificate, source: dict[str, Any], holder: dict[str, Any]
) -> dict[str, Any] | None:
    subjects = _subjects(source, holder)
    if not subjects and not holder["marks"]:
        return None
    nip = f", NIP {_spaced(holder['holder_nip'])}" if holder["holder_nip"] else ""
    named = " ".join(filter(None, [source["batch"] or source["programme"]]))
    number = f"{source['short_title'] or source['title']} nomor {certificate.number}"
    return {
        "title": "Mata pelatihan dan nilai" if holder["marks"] else "Mata pelatihan",
        "lines": [f"{holder['holder_name']}{nip}", f"{named}, {number}"],
        "subjects": subjects,
        "has_hours": all(row["hours"] for row in subjects if not row["is_group"]),
        "total": source["subjects_total"],
        "marks": holder["marks"],
        "final": holder["final"] or {"name": "", "weight": "", "mark": ""},
    }


def _subjects(source: dict[str, Any], holder: dict[str, Any]) -> list[dict[str, Any]]:
    chosen = holder["subjects"] if holder["subjects"] is not None else source["subjects"]
    return list(chosen)


def _position(source: dict[str, Any]) -> str:
    return str(source["signatory"]["position"])


def _result(holder: dict[str, Any]) -> str:
    if not holder["result"]:
        return ""
    if not holder["distinction"]:
        return str(holder["result"])
    return f"{holder['result']}, predikat {holder['distinction']}"


def _dates(source: dict[str, Any]) -> str:
    return wording.date_range(_day(source["starts_on"]), _day(source["ends_on"]))


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _date(text: str | None) -> str:
    return wording.date(_day(text)) if text else ""


def _tied(text: str) -> str:
    """Keep on one line what belongs together: 2 Desember 2026, Nomor 20, Tahun 2026."""
    dates = re.sub(rf"\b(\d{{1,2}}) ({_MONTH})(?: (?=\d{{4}}))?", _with_fixed_spaces, text)
    return re.sub(r"\b(Nomor|Tahun) (?=\d)", _with_fixed_spaces, dates)


def _with_fixed_spaces(found: re.Match[str]) -> str:
    return found[0].replace(" ", "\u00a0")


def _spaced(nip: str) -> str:
    if len(nip) != 18:
        return nip
    return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"
