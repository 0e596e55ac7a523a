"""The units of Provinsi Contoh: agencies of the province and of its regencies, with their parts."""

from __future__ import annotations

from dataclasses import dataclass

PROVINCE = "Pemerintah Provinsi Contoh"
TRAINING_AGENCY = "Badan Pengembangan Sumber Daya Manusia"

_AGENCIES = (
    ("SETDA", "Sekretariat Daerah"),
    ("SETWAN", "Sekretariat DPRD"),
    ("ITDA", "Inspektorat"),
    ("BPSDM", TRAINING_AGENCY),
    ("BKD", "Badan Kepegawaian Daerah"),
    ("BAPPEDA", "Badan Perencanaan Pembangunan Daerah"),
    ("BPKAD", "Badan Pengelolaan Keuangan dan Aset Daerah"),
    ("BAPENDA", "Badan Pendapatan Daerah"),
    ("KESBANGPOL", "Badan Kesatuan Bangsa dan Politik"),
    ("BPBD", "Badan Penanggulangan Bencana Daerah"),
    ("BRIDA", "Badan Riset dan Inovasi Daerah"),
    ("DIKBUD", "Dinas Pendidikan dan Kebudayaan"),
    ("DINKES", "Dinas Kesehatan"),
    ("RSUD", "Rumah Sakit Umum Daerah Contoh"),
    ("PUPR", "Dinas Pekerjaan Umum dan Penataan Ruang"),
    ("PERKIM", "Dinas Perumahan dan Kawasan Permukiman"),
    ("SATPOLPP", "Satuan Polisi Pamong Praja"),
    ("DINSOS", "Dinas Sosial"),
    ("DISNAKER", "Dinas Tenaga Kerja dan Transmigrasi"),
    ("DP3A", "Dinas Pemberdayaan Perempuan dan Perlindungan Anak"),
    ("DKP", "Dinas Kelautan dan Perikanan"),
    ("DISHUT", "Dinas Lingkungan Hidup dan Kehutanan"),
    ("DISTAN", "Dinas Tanaman Pangan dan Hortikultura"),
    ("DISBUN", "Dinas Perkebunan dan Peternakan"),
    ("DUKCAPIL", "Dinas Kependudukan dan Pencatatan Sipil"),
    ("PMD", "Dinas Pemberdayaan Masyarakat dan Desa"),
    ("DISHUB", "Dinas Perhubungan"),
    ("KOMINFO", "Dinas Komunikasi dan Informatika"),
    ("DPMPTSP", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"),
    ("DISPORA", "Dinas Kepemudaan dan Olahraga"),
    ("DISPAR", "Dinas Pariwisata dan Ekonomi Kreatif"),
    ("PERPUS", "Dinas Perpustakaan dan Kearsipan"),
    ("DISPERINDAG", "Dinas Perindustrian dan Perdagangan"),
    ("DISKOP", "Dinas Koperasi dan Usaha Mikro"),
)
_GOVERNMENTS = (
    ("KOTA", "Pemerintah Kota Contoh"),
    ("HULU", "Pemerintah Kabupaten Contoh Hulu"),
    ("HILIR", "Pemerintah Kabupaten Contoh Hilir"),
    ("PESISIR", "Pemerintah Kabupaten Contoh Pesisir"),
    ("UTARA", "Pemerintah Kabupaten Contoh Utara"),
    ("SELATAN", "Pemerintah Kabupaten Contoh Selatan"),
)
_DIVISIONS = (
    ("SEKR", "Sekretariat"),
    ("BID1", "Bidang Perencanaan dan Pengendalian"),
    ("BID2", "Bidang Pelayanan"),
    ("BID3", "Bidang Pembinaan dan Pengawasan"),
)


@dataclass(frozen=True, slots=True)
class SampleUnit:
    """`siasn_id` is the key by which imports of employees find the unit again."""

    code: str
    name: str
    government: str
    agency: str
    siasn_id: str


def sample_units() -> list[SampleUnit]:
    """Return every division, agency by agency: 34 of the province, 6 governments beside it."""
    units: list[SampleUnit] = []
    for code, agency in _AGENCIES:
        for part, division in _DIVISIONS:
            units.append(_unit(f"{code}-{part}", division, PROVINCE, agency))
    for code, government in _GOVERNMENTS:
        for part, division in _DIVISIONS[:3]:
            agency = f"Dinas Pelayanan Dasar {government.removeprefix('Pemerintah ')}"
            units.append(_unit(f"{code}-{part}", division, government, agency))
    return units


def _unit(code: str, name: str, government: str, agency: str) -> SampleUnit:
    return SampleUnit(code, name, government, agency, f"UNOR-{code}")
