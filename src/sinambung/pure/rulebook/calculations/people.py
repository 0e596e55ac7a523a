"""Calculations about people: NIP, rank, position class, name and numbers in words."""

from __future__ import annotations

from datetime import date

from sinambung.pure.rulebook.calculations.values import InputRefused, Outcome, accept
from sinambung.pure.rulebook.editions import Law
from sinambung.pure.rulebook.letter_numbers import from_roman, to_roman
from sinambung.pure.rulebook.mapping_reader import MappingReader
from sinambung.pure.rulebook.names import full_name
from sinambung.pure.rulebook.nip import Sex, nip_mismatches, parse_nip
from sinambung.pure.rulebook.numbers_in_words import in_words
from sinambung.pure.rulebook.ranks import position_table, rank_table


def read_nip(reader: MappingReader, on: date, law: Law) -> Outcome:
    text, birth_on = reader.text("nip"), reader.day("birth_on")
    sex = reader.choice("sex", Sex) if reader.get("sex") is not None else None
    accept(reader)
    nip = parse_nip(text, on=on)
    value = {
        "nip": nip.digits,
        "kind": nip.kind.value,
        "birth_on": nip.birth_on.isoformat(),
        "appointment_year": nip.appointment_year,
        "appointment_month": nip.appointment_month,
        "sex": nip.sex.value,
        "sequence": nip.sequence,
        "warnings": list(nip_mismatches(nip, birth_on=birth_on, sex=sex)),
    }
    working = (
        f"Angka 1–8: lahir {nip.birth_on.isoformat()}",
        f"Angka 9–14: {nip.digits[8:14]}, {nip.kind.value}",
        f"Angka 15: {nip.sex.label}",
        f"Angka 16–18: nomor urut {nip.sequence}",
    )
    return Outcome(value, working, nip.basis(law), False)


def find_rank(reader: MappingReader, on: date, law: Law) -> Outcome:
    text = reader.text("rank")
    accept(reader)
    table = rank_table(on=on, law=law)
    rank = table.find(text)
    if rank is None:
        raise InputRefused((f"Golongan “{text}” tidak ada; tulis seperti III/c atau IX.",))
    value = {
        "code": rank.code,
        "name": rank.name,
        "kind": rank.kind.value,
        "siasn_id": rank.siasn_id,
    }
    return Outcome(value, (f"{text} = {rank}",), table.basis, table.basis[0].verified)


def position_class(reader: MappingReader, on: date, law: Law) -> Outcome:
    kind = reader.text("position_kind")
    echelon = reader.text("echelon", default="")
    level = reader.text("functional_level", default="")
    accept(reader)
    table = position_table(on=on, law=law)
    found = table.class_of(position_kind=kind, echelon=echelon, functional_level=level)
    value = {"code": found.code, "name": found.name} if found else None
    name = found.name if found else "tidak ada jenjang"
    working = (f"Jenis jabatan {kind}, eselon {echelon or '-'}, jenjang JF {level or '-'}: {name}",)
    return Outcome(value, working, table.basis, table.basis[0].verified)


def join_name(reader: MappingReader, on: date, law: Law) -> Outcome:
    name = full_name(
        name=reader.text("name"),
        before=reader.text("before", default=""),
        after=reader.text("after", default=""),
    )
    return Outcome(name, (name,), (law.cite("bawaan-sinambung"),), False)


def words(reader: MappingReader, on: date, law: Law) -> Outcome:
    value = reader.whole("number")
    if value is None:
        reader.complain("number", "wajib diisi dengan bilangan bulat.")
    accept(reader)
    words = in_words(value or 0)
    citation = law.cite("ejaan-bilangan")
    return Outcome(words, (f"{value} = {words}",), (citation,), citation.verified)


def roman(reader: MappingReader, on: date, law: Law) -> Outcome:
    value = reader.get("number")
    if isinstance(value, str) and not value.strip().isdigit():
        result: object = from_roman(value)
    else:
        result = to_roman(reader.whole("number") or 0)
    citation = law.cite("ejaan-bilangan")
    return Outcome(result, (f"{value} = {result}",), (citation,), citation.verified)
