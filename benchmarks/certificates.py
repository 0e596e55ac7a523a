"""Typeset and sign 1,000 certificates, check one from the command line, list 40,000 of them.

COUNT=100 and LISTED=5000 try it smaller.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, cpu_seconds, median_cpu_ms, note, peak_megabytes, show

COUNT = int(os.environ.get("COUNT", "1000"))
LISTED = int(os.environ.get("LISTED", "40000"))


def main() -> int:
    """Measure on SQLite in the data folder that `benchmarks` made."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    figures = [*_issue(), _verify(), *_lists()]
    for figure in figures:
        show(figure)
    return 0 if all(figure.ok for figure in figures) else 1


def _issue() -> list[Figure]:
    from sinambung.domains.credentials import services
    from sinambung.domains.credentials.models import Certificate
    from sinambung.domains.credentials.services.bundles import make_bundle
    from tests.domains.credentials import building

    services.prepare_signing(at=building.AT, name="Maria Goreti Ngalai", title="Kepala BPSDM")
    portrait, host = _portrait(), building.unit()
    requests = [
        building.request(place, portrait_file=portrait, holder_name=f"{_name(place)}")
        for place in range(1, COUNT + 1)
    ]
    began, cpu = time.monotonic(), cpu_seconds()
    row = services.issue_certificates(
        source=building.source(host.pk), requests=requests, by=building.BY, at=building.AT
    )
    services.finish_certificates(source_id=row.pk, by=building.BY, at=building.AT)
    wall = time.monotonic() - began
    assert Certificate.objects.filter(state="valid").count() == COUNT
    note(f"{cpu_seconds() - cpu:.1f} s of CPU, {os.cpu_count()} cores")
    began = time.monotonic()
    make_bundle(source_id=row.pk, by=building.BY, at=building.AT)
    note(f"their archive and merged print copy: {time.monotonic() - began:.1f} s")
    return [
        Figure(f"typeset and sign {COUNT} certificates", wall, "s", 45 * COUNT / 1000),
        Figure("memory of the process that issues", peak_megabytes(), "MB", 256),
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
