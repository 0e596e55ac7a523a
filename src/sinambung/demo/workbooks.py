"""The sample province as the workbooks an agency would bring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sinambung.demo.people import Person
from sinambung.platform.foundation.workbooks import Cell, Column, write_workbook

_HEADINGS = (
    "PNS ID",
    "NIP BARU",
    "NAMA",
    "GELAR DEPAN",
    "GELAR BELAKANG",
    "TEMPAT LAHIR NAMA",
    "TANGGAL LAHIR",
    "JENIS KELAMIN",
    "EMAIL",
    "NOMOR HP",
    "JENIS PEGAWAI ID",
    "JENIS PEGAWAI NAMA",
    "KEDUDUKAN HUKUM ID",
    "KEDUDUKAN HUKUM NAMA",
    "STATUS CPNS PNS",
    "TMT CPNS",
    "TMT PNS",
    "GOL AKHIR ID",
    "GOL AKHIR NAMA",
    "TMT GOLONGAN",
    "JENIS JABATAN ID",
    "JENIS JABATAN NAMA",
    "JABATAN NAMA",
    "TMT JABATAN",
    "ESELON ID",
    "TINGKAT PENDIDIKAN ID",
    "TINGKAT PENDIDIKAN NAMA",
    "UNOR ID",
    "UNOR NAMA",
    "INSTANSI INDUK NAMA",
    "INSTANSI KERJA NAMA",
    "SATUAN KERJA INDUK NAMA",
    "SATUAN KERJA KERJA NAMA",
)
_KINDS = {"1": "Struktural", "2": "Fungsional Tertentu", "4": "Fungsional Umum"}


def employees_workbook(people: Iterable[Person]) -> bytes:
    """Return the export "data pegawai" of SIASN: upper-case headings, dates as text."""
    columns = [Column(heading, 22) for heading in _HEADINGS]
    return write_workbook(columns=columns, rows=_rows(people), title="Data pegawai")


def _rows(people: Iterable[Person]) -> Iterator[tuple[Cell, ...]]:
    for person in people:
        unit = person.unit
        yield (
            f"SAMPEL-{person.nip}",
            person.nip,
            person.name.name,
            person.name.title_before or "null",
            person.name.title_after or "null",
            person.birth_place,
            f"{person.born_on:%d-%m-%Y}",
            "F" if person.is_female else "M",
            person.email,
            "null",
            "10",
            "PNS Daerah Provinsi yang bekerja pada Provinsi",
            "01",
            "Aktif",
            "PNS",
            f"{person.appointed_on:%d-%m-%Y}",
            f"{person.appointed_on.replace(year=person.appointed_on.year + 1):%d-%m-%Y}",
            person.siasn_rank,
            person.rank,
            f"{person.rank_since:%d-%m-%Y}",
            person.post.kind,
            _KINDS[person.post.kind],
            person.position,
            f"{person.position_since:%d-%m-%Y}",
            person.post.echelon,
            "40" if person.name.title_after else "15",
            "S-1/Sarjana" if person.name.title_after else "SLTA",
            unit.siasn_id,
            unit.name,
            unit.government,
            unit.government,
            unit.agency,
            unit.agency,
        )
