"""Typeset and sign 1,000 certificates, check one from the command line, list 40,000 of them.

COUNT=100 and LISTED=5000 try it smaller. The bound: what typst and pyHanko alone cost for the same
papers in the same run, without rows, numbers, files and trail.
"""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, cpu_seconds, median_cpu_ms, note, peak_megabytes, show

COUNT = int(os.environ.get("COUNT", "1000"))
LISTED = int(os.environ.get("LISTED", "40000"))
SAMPLE = 41


def main() -> int:
    """Measure on SQLite in the data folder that `benchmarks` made."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    figures = [*_issue(), *_bundle(), _verify(), *_lists()]
    for figure in figures:
        show(figure)
    return 0 if all(figure.ok for figure in figures) else 1


def _issue() -> list[Figure]:
    from sinambung.domains.credentials import services
    from sinambung.domains.credentials.models import Certificate
    from tests.domains.credentials import building

    services.prepare_signing(at=building.AT, name="Maria Goreti Ngalai", title="Kepala BPSDM")
    portrait, host = _portrait(), building.unit()
    requests = [
        building.request(place, portrait_file=portrait, holder_name=f"{_name(place)}")
        for place in range(1, COUNT + 1)
    ]
    row = services.issue_certificates(
        source=building.source(host.pk), requests=requests, by=building.BY, at=building.AT
    )
    began, cpu = time.monotonic(), cpu_seconds()
    services.finish_certificates(source_id=row.pk, by=building.BY, at=building.AT)
    wall, cpu = time.monotonic() - began, cpu_seconds() - cpu
    assert Certificate.objects.filter(state="valid").count() == COUNT
    own, child = peak_megabytes(), _child_megabytes()
    bare = _bare(list(Certificate.objects.order_by("order")[:SAMPLE]))
    note(f"{cpu:.1f} s of CPU, {os.cpu_count()} cores; bare would be {bare * COUNT / 1000:.1f} s")
    return [
        Figure(f"typeset and sign {COUNT} certificates", wall, "s", 45 * COUNT / 1000),
        Figure("CPU of one, times typst and pyHanko alone", cpu * 1000 / COUNT / bare, "x", 1.5),
        Figure("memory of the process that issues", own, "MB", 256),
        Figure("memory of each process that typesets", child, "MB", 256),
    ]


def _bare(rows: list[Any]) -> float:
    """Return the CPU milliseconds that typst and pyHanko need for one of the same papers."""
    import typst
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    from sinambung.domains.credentials.services import making
    from sinambung.platform.documents import press, queries, typesetting
    from sinambung.platform.documents.adapters import signing

    metadata = signers.PdfSignatureMetadata(
        field_name="Uji", md_algorithm="sha256", subfilter=signers.pdf_signer.SigSeedSubFilter.PADES
    )
    signer = signing.signer().pyhanko_signer
    compiler = typst.Compiler(font_paths=[str(press.FONTS)], ignore_system_fonts=True)
    read = queries.reader_of({making._portrait_of(row) for row in rows})
    papers = [making._paper(row, read) for row in rows]
    projects = [
        typesetting.project(paper.template, context=paper.context, files=paper.files)
        for paper in papers
    ]

    def make(project: dict[str, bytes]) -> None:
        photo = project.pop("photo.jpg")
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "photo.jpg").write_bytes(photo)
            pdf = compiler.compile(project, root=folder, format="pdf", pdf_standards=["a-4f"])
        assert isinstance(pdf, bytes)
        signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), metadata, signer=signer)

    make(projects[0])
    before = time.process_time()
    for project in projects[1:]:
        make(project)
    return (time.process_time() - before) * 1000 / (len(projects) - 1)


def _child_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _bundle() -> list[Figure]:
    """Archive and print copy of all of them, as the job makes them."""
    from sinambung.domains.credentials.models import CertificateSource
    from sinambung.domains.credentials.services import make_bundle
    from tests.domains.credentials import building

    source = CertificateSource.objects.get()
    began = time.monotonic()
    make_bundle(source_id=source.pk, by=building.BY, at=building.AT)
    return [
        Figure(f"archive and print copy of {COUNT}", time.monotonic() - began, "s", COUNT / 100),
        Figure("memory of the process, with archive and print copy", peak_megabytes(), "MB", 256),
    ]


def _verify() -> Figure:
    from sinambung.domains.credentials.models import Certificate
    from sinambung.platform.documents import queries

    file = Path(os.environ["SINAMBUNG_DATA"]) / "sttp.pdf"
    file.write_bytes(queries.file_content(Certificate.objects.all()[0].file_id).content)
    walls = []
    for _ in range(5):
        began = time.monotonic()
        command = [sys.executable, "-m", "sinambung", "verify", str(file)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        walls.append(time.monotonic() - began)
    return Figure("sinambung verify FILE", sorted(walls)[2], "s", 1.5)


def _lists() -> list[Figure]:
    from django.test import Client

    from sinambung.domains.credentials import queries
    from sinambung.domains.credentials.models import Certificate
    from sinambung.platform.identity import middleware
    from tests.domains.credentials import building

    _fill()
    organiser = building.actor("use", "view_certificates", "issue_certificates")
    middleware._actor = lambda request: organiser
    client = Client(headers={"host": "127.0.0.1"})
    code = Certificate.objects.exclude(file_id="").first().code
    following = queries.certificate_list(organiser).page.after
    asked = {
        "list of certificates, first page": ("/sertifikat/", 15),
        "list of certificates, next page": (f"/sertifikat/?sesudah={following}", 15),
        "list of certificates by NIP": ("/sertifikat/?q=1987091220110", 15),
        "public check of a code": (f"/periksa/{code}/", 8),
    }
    return [
        Figure(f"{name}, {LISTED}", _page(client, address), "ms", goal)
        for name, (address, goal) in asked.items()
    ]


def _page(client: Any, address: str) -> float:
    from sinambung.domains.credentials.services import limits

    def ask() -> None:
        limits.codes.forget()
        response = client.get(address)
        assert response.status_code == 200, response.status_code

    return median_cpu_ms(ask)


def _fill() -> None:
    """Copies of what was issued, as rows only."""
    from django.db import connection

    from sinambung.domains.credentials.models import Certificate
    from sinambung.domains.credentials.services.issuing import new_code
    from sinambung.platform.foundation.identifiers import new_ulid

    models = list(Certificate.objects.all()[:40])
    rows = []
    for place in range(LISTED - COUNT):
        row = models[place % len(models)]
        row = Certificate(**{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields})
        row.pk, row.code, row.source_key = new_ulid(), new_code(), f"copy-{place}"
        row.holder_name = _name(place)
        rows.append(row)
    Certificate.objects.bulk_create(rows, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _name(place: int) -> str:
    return f"Pegawai {place * 7919 % 100_000:05} Contoh"


def _portrait() -> str:
    from PIL import Image

    from sinambung.platform.documents import services
    from sinambung.platform.documents.kinds import FileKind
    from tests.domains.credentials import building

    output = io.BytesIO()
    Image.effect_noise((150, 200), 60).resize((600, 800)).convert("RGB").save(output, "JPEG")
    return services.store_file(
        content=output.getvalue(),
        name="foto.jpg",
        kind=FileKind.PORTRAIT,
        owner_kind="participant",
        owner_id="1",
        by=building.BY,
        at=building.AT,
    ).pk


if __name__ == "__main__":
    sys.exit(main())
