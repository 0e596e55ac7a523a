"""The public rules by name: what each needs and where its work is done."""

from __future__ import annotations

from sinambung.pure.rulebook.calculations.values import (
    Calculation,
    field,
    number,
    objects,
    schema,
)
from sinambung.pure.rulebook.letter_numbers import TOKENS

EDITION = field(
    "Edisi program",
    ["string", "object"],
    description="Kode program (edisi yang berlaku pada tanggal itu), kunci edisi seperti "
    "pkp-contoh, atau isi edisi seutuhnya",
)
MARKS = objects(
    "Nilai",
    required=("component", "mark"),
    component=field("Kode komponen"),
    sub_component=field("Kode subkomponen"),
    aspect=field("Kode aspek"),
    role=field("Peran penilai"),
    rater=field("Penilai"),
    mark=number("Nilai"),
)


TRAINING = (
    Calculation(
        name="nilai-akhir",
        title="Nilai akhir dan predikat peserta",
        sources=("kep-lan-2-2023",),
        input=schema(required=("edition", "marks"), edition=EDITION, marks=MARKS),
        work="training.grade",
        tables=("programmes/",),
    ),
    Calculation(
        name="peringkat",
        title="Peringkat peserta satu angkatan",
        sources=("kep-lan-2-2023", "bawaan-sinambung"),
        input=schema(
            required=("edition", "participants"),
            edition=EDITION,
            participants=objects(
                "Peserta",
                required=("participant", "marks"),
                participant=field("Nama atau nomor peserta"),
                marks=MARKS,
            ),
        ),
        work="training.rank_batch",
        tables=("programmes/",),
    ),
    Calculation(
        name="kehadiran",
        title="Kehadiran menurut JP",
        sources=("praktik-bpsdm-jabar",),
        input=schema(
            required=("edition", "attended_hours", "scheduled_hours"),
            edition=EDITION,
            attended_hours=number("JP yang dihadiri"),
            scheduled_hours=number("JP terjadwal"),
        ),
        work="training.attend",
        tables=("programmes/",),
    ),
    Calculation(
        name="nomor-sertifikat",
        title="Nomor sertifikat menurut pola",
        sources=("praktik-penomoran",),
        input=schema(
            required=("pattern", "values"),
            pattern=field("Pola nomor"),
            values={
                "title": "Isi penanda",
                **schema(
                    required=("urut",),
                    **{name: field(title, ["integer", "string"]) for name, title in TOKENS.items()},
                ),
            },
        ),
        work="training.certificate_number",
    ),
)

PEOPLE = (
    Calculation(
        name="nip",
        title="Arti NIP dan kecocokannya",
        sources=("susunan-nip",),
        input=schema(
            required=("nip",),
            nip=field("NIP"),
            birth_on=field("Tanggal lahir", format="date"),
            sex=field("Jenis kelamin (M laki-laki, F perempuan)", enum=["M", "F"]),
        ),
        work="people.read_nip",
    ),
    Calculation(
        name="pangkat",
        title="Pangkat menurut golongan",
        sources=("siasn-referensi",),
        input=schema(required=("rank",), rank=field("Golongan")),
        work="people.find_rank",
        tables=("workforce/ranks",),
    ),
    Calculation(
        name="jenjang-jabatan",
        title="Jenjang jabatan menurut kode SIASN",
        sources=("siasn-referensi",),
        input=schema(
            required=("position_kind",),
            position_kind=field("Jenis jabatan (1–4)"),
            echelon=field("Kode eselon"),
            functional_level=field("Kode jenjang JF"),
        ),
        work="people.position_class",
        tables=("workforce/positions",),
    ),
    Calculation(
        name="nama-lengkap",
        title="Nama dengan gelar",
        sources=("bawaan-sinambung",),
        input=schema(
            required=("name",),
            name=field("Nama"),
            before=field("Gelar depan"),
            after=field("Gelar belakang"),
        ),
        work="people.join_name",
    ),
    Calculation(
        name="terbilang",
        title="Bilangan dengan kata",
        sources=("ejaan-bilangan",),
        input=schema(required=("number",), number=number("Bilangan")),
        work="people.words",
    ),
    Calculation(
        name="angka-romawi",
        title="Angka Romawi, dua arah",
        sources=("ejaan-bilangan",),
        input=schema(
            required=("number",), number=field("Bilangan atau angka Romawi", ["integer", "string"])
        ),
        work="people.roman",
    ),
)

LEARNING = (
    Calculation(
        name="jam-pelajaran",
        title="Jam pelajaran (JP) dari kegiatan",
        sources=("bps-b031-2019", "perlan-10-2018", "perlan-5-2018"),
        input=schema(
            required=("activities",),
            activities=objects(
                "Kegiatan",
                required=("key", "form", "ended_on", "amount"),
                key=field("Nomor kegiatan"),
                form=field("Kode bentuk (misalnya KL06, NKL01)"),
                began_on=field("Tanggal mulai", format="date"),
                ended_on=field("Tanggal selesai", format="date"),
                amount=number("Jumlah JP, hari, kali, atau semester"),
                abroad=field("Internasional", "boolean"),
                days=field("Jumlah hari yang dipakai", "integer"),
            ),
        ),
        work="learning.hours",
        tables=("learning/lesson-hours",),
    ),
    Calculation(
        name="kewajiban-jp",
        title="Kewajiban JP setahun",
        sources=("uu-20-2023", "pp-11-2017", "perlan-15-2020"),
        input=schema(
            required=("hours", "kind"),
            hours=number("JP setahun"),
            kind=field("Jenis pegawai", enum=["PNS", "PPPK"]),
        ),
        work="learning.obligation",
        tables=("learning/obligations",),
    ),
)
