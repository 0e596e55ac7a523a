"""Programmes and editions: installing, showing, copying, editing, comparing, putting in force."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinambung.domains.training.models import Batch, ProgrammeEdition
from sinambung.domains.training.services import programmes
from sinambung.domains.training.services.batches import EditionNotInForce
from sinambung.platform.identity.capabilities import Role
from sinambung.pure.rulebook.programmes import parse_edition
from tests.domains.training import building as build
from tests.sessions import signed_in

pytestmark = pytest.mark.django_db
ROOT = "/pelatihan/program/"
WORDS = (
    "umum", "ciri", "tahap", "agenda", "mata-pelatihan", "persyaratan", "penilaian", "kelulusan",
    "sertifikat",
)  # fmt: skip


@pytest.fixture
def organiser() -> Client:
    return signed_in(build.staff("penyelenggara", Role.ORGANISER))


def install() -> int:
    return programmes.install_national_editions(by=build.SYSTEM, at=build.AT)


def draft(of: str = "pkp-contoh", label: str = "Edisi BPSDM") -> ProgrammeEdition:
    source = build.edition(of)
    return programmes.copy_edition(edition_id=source.pk, label=label, by=build.SYSTEM)


class _Form(HTMLParser):
    """Reads the values that a browser would post from the main form of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._select = self._area = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = "novalidate" in given
        elif self._inside:
            self._take(tag, given)

    def _take(self, tag: str, given: dict[str, str]) -> None:
        if tag == "input" and "name" in given:
            if given.get("type") != "checkbox":
                self.values[given["name"]] = given.get("value", "")
            elif "checked" in given:
                self.values[given["name"]] = "on"
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option":
            if "selected" in given or self._select not in self.values:
                self.values[self._select] = given["value"]
        elif tag == "textarea":
            self._area = given["name"]
            self.values[self._area] = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "form":
            self._inside = False


def form_of(client: Client, row: ProgrammeEdition, word: str) -> dict[str, Any]:
    answer = client.get(f"{ROOT}edisi/{row.pk}/ubah/{word}/")
    assert answer.status_code == 200
    assert len(answer.content) < 60_000
    reader = _Form()
    reader.feed(answer.content.decode())
    return reader.values


def test_the_shipped_editions_are_installed_once() -> None:
    assert install() > 8
    assert install() == 0
    codes = set(ProgrammeEdition.objects.values_list("programme__code", flat=True))
    assert {"PKP", "PKA"} <= codes
    assert ProgrammeEdition.objects.filter(key="pkp-2023", is_verified=False).exists()


def test_an_edition_that_a_batch_uses_is_not_touched_by_a_new_release() -> None:
    install()
    row = ProgrammeEdition.objects.get(key="pkp-contoh")
    old = {**row.content, "notes": ["rilis lama"]}
    ProgrammeEdition.objects.filter(pk=row.pk).update(content=old)
    build.batch("pkp-contoh")
    assert install() == 1
    assert ProgrammeEdition.objects.get(pk=row.pk).content["notes"] == ["rilis lama"]
    assert ProgrammeEdition.objects.get(key="pkp-contoh-rev2").state == "published"
    assert install() == 0


def test_every_edition_shows_what_is_missing_and_where_to_take_it_from(organiser: Client) -> None:
    install()
    shown = organiser.get(ROOT).content.decode()
    for row in ProgrammeEdition.objects.all():
        assert f"/edisi/{row.pk}/" in shown
        page = organiser.get(f"{ROOT}edisi/{row.pk}/")
        assert page.status_code == 200
    row = ProgrammeEdition.objects.get(key="pkp-2023")
    page = organiser.get(f"{ROOT}edisi/{row.pk}/").content.decode()
    assert "belum diisi" in page
    assert "Isi dari lampiran penilaian Keputusan Kepala LAN 2/K.1/PDP.07/2023" in page
    assert "nilai bawaan, belum diverifikasi" in page


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("key", ["pkp-contoh", "pka-2023", "latsar-contoh"])
def test_saving_a_form_unchanged_changes_nothing(organiser: Client, word: str, key: str) -> None:
    row = draft(key)
    before = parse_edition(row.content)
    values = form_of(organiser, row, word)
    answer = organiser.post(f"{ROOT}edisi/{row.pk}/ubah/{word}/", values)
    assert answer.status_code == 302
    row.refresh_from_db()
    assert parse_edition(row.content) == before


def test_a_draft_is_edited_compared_and_put_in_force(organiser: Client) -> None:
    row = draft()
    values = form_of(organiser, row, "penilaian")
    values |= {"components-0-weight": "25", "components-1-weight": "10"}
    organiser.post(f"{ROOT}edisi/{row.pk}/ubah/penilaian/", values)
    source = ProgrammeEdition.objects.get(key="pkp-contoh")
    page = organiser.get(f"{ROOT}edisi/{row.pk}/beda/?dengan={source.pk}").content.decode()
    assert "Komponen AKD › Bobot" in page
    row.refresh_from_db()
    with pytest.raises(EditionNotInForce):
        build.create_batch(
            edition_id=row.pk, host_id=build.unit().pk, plan=build.plan(), by=build.SYSTEM
        )
    organiser.post(f"{ROOT}edisi/{row.pk}/berlakukan/", {"version": row.version})
    row.refresh_from_db()
    assert row.state == "published"
    late = organiser.post(f"{ROOT}edisi/{row.pk}/ubah/penilaian/", values)
    assert late.status_code == 404
    with pytest.raises(programmes.EditionIsFixed):
        programmes.change_edition(
            edition_id=row.pk, version=row.version, content=row.content, by=build.SYSTEM
        )


@pytest.mark.parametrize(
    ("word", "changes", "sentence", "anchor"),
    [
        ("penilaian", {"components-0-weight": "50"}, "seharusnya 100", "#components"),
        ("penilaian", {"components-0-weight": "lima"}, "bukan angka", "#components-0-weight"),
        ("tahap", {"stages-0-hours": "1000"}, "seharusnya 830", "#stages"),
        ("umum", {"since": "kapan-kapan"}, "bukan tanggal", "#since"),
        ("umum", {"label": ""}, "wajib diisi", "#label"),
        ("sertifikat", {"number_pattern": "{urut}"}, "tahun", "#number_pattern"),
        ("kelulusan", {"bands-4-at_least": "10"}, "harus dimulai", "#bands"),
    ],
)
def test_problems_stand_at_their_fields_and_nothing_typed_is_lost(
    organiser: Client, word: str, changes: dict[str, str], sentence: str, anchor: str
) -> None:
    row = draft()
    values = form_of(organiser, row, word) | changes
    answer = organiser.post(f"{ROOT}edisi/{row.pk}/ubah/{word}/", values)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert f'href="{anchor}' in page
    assert f'id="{anchor.removeprefix("#")}' in page
    for value in changes.values():
        assert f'value="{value}"' in page or not value
    assert ProgrammeEdition.objects.get(pk=row.pk).version == row.version


def test_groups_are_added_and_removed_without_script(organiser: Client) -> None:
    row = draft()
    values = form_of(organiser, row, "persyaratan")
    count = len(row.content["curriculum"]["eligibility"])
    values |= {
        "eligibility-0-remove": "on",
        f"eligibility-{count}-code": "npwp",
        f"eligibility-{count}-name": "NPWP <script>alert(1)</script>",
        f"eligibility-{count}-document": "on",
    }
    organiser.post(f"{ROOT}edisi/{row.pk}/ubah/persyaratan/", values)
    row.refresh_from_db()
    codes = [item["code"] for item in row.content["curriculum"]["eligibility"]]
    assert codes[-1] == "npwp"
    assert "usulan" not in codes
    assert len(codes) == count
    assert "<script>alert(1)" not in organiser.get(f"{ROOT}edisi/{row.pk}/").content.decode()


def test_two_editors_of_one_draft_are_told(organiser: Client) -> None:
    row = draft()
    values = form_of(organiser, row, "ciri")
    url = f"{ROOT}edisi/{row.pk}/ubah/ciri/"
    assert organiser.post(url, values | {"project": "proyek A"}).status_code == 302
    assert organiser.post(url, values | {"project": "proyek B"}).status_code == 409


def test_a_withdrawn_edition_serves_no_new_batch_and_keeps_the_old(organiser: Client) -> None:
    batch = build.batch()
    row = batch.edition
    url = f"{ROOT}edisi/{row.pk}/tarik/"
    assert organiser.post(url, {"version": row.version, "reason": ""}).status_code == 422
    organiser.post(url, {"version": row.version, "reason": "Diganti keputusan baru"})
    with pytest.raises(EditionNotInForce):
        build.batch(number=10)
    assert organiser.get(f"/pelatihan/angkatan/{batch.pk}/").status_code == 200
    assert Batch.objects.get().edition_id == row.pk


def test_copying_twice_under_one_label_is_refused(organiser: Client) -> None:
    row = build.edition()
    url = f"{ROOT}edisi/{row.pk}/salin/"
    assert organiser.post(url, {"label": "Edisi BPSDM"}).status_code == 302
    assert organiser.post(url, {"label": "Edisi BPSDM"}).status_code == 422
    assert organiser.post(url, {"label": "???"}).status_code == 422


def test_who_may_only_look_sees_no_draft_and_changes_nothing(organiser: Client) -> None:
    row = draft()
    leader = signed_in(build.staff("pimpinan", Role.LEADER))
    assert leader.get(f"{ROOT}edisi/{row.pk}/").status_code == 404
    assert row.label not in leader.get(ROOT).content.decode()
    assert leader.post(f"{ROOT}edisi/{row.pk}/berlakukan/", {"version": 1}).status_code == 403


def test_the_list_of_programmes_asks_a_constant_number_of_queries(organiser: Client) -> None:
    counts = []
    build.edition()
    for size in (1, 6):
        for number in range(size):
            draft(label=f"Edisi {size}-{number}")
        organiser.get(ROOT)
        with CaptureQueriesContext(connection) as queries:
            organiser.get(ROOT)
        counts.append(len(queries))
    assert counts[0] == counts[1]
