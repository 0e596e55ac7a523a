"""Which pages the product has, so that a walk over all of them can say what it missed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, resolve

# Answers that are no page of their own: files, fragments, steps that pass the visitor on.
NO_PAGE = frozenset(
    {
        "impor/<ulid:import_id>/bermasalah.xlsx",
        "impor/contoh/<slug:kind>.xlsx",
        "masuk/faktor/",
        "masuk/kunci-sandi/",
        "favicon.ico",
        "pegawai/unduh<str:suffix>",
        "pelatihan/peserta/<ulid:participant_id>/nilai/masukan/",
        "periksa/sertifikat-tepercaya.pem",
        "pekerjaan/<ulid:job_id>/kemajuan/",
        "pelatihan/",
        "pelatihan/angkatan/<ulid:batch_id>/cetak/daftar-peserta/",
        "pelatihan/angkatan/<ulid:batch_id>/cetak/tanda-nama/",
        "pelatihan/angkatan/<ulid:batch_id>/nilai/<slug:key>/",
        "pelatihan/angkatan/<ulid:batch_id>/nilai/unduh/",
        "pelatihan/angkatan/<ulid:batch_id>/unduh/",
        "pelatihan/berkas/<ulid:document_id>/",
        "pelatihan/orang/",
        "pelatihan/peserta/<ulid:participant_id>/foto/",
        "pelatihan/rapat/<ulid:meeting_id>/berita-acara/",
        "pengaturan/unit/pilihan/",
        "regulasi/isian/<ulid:entry_id>/dokumen/",
        "regulasi/unduh/",
        "sertifikat/<ulid:certificate_id>/halaman-<int:number>.png",
        "sertifikat/<ulid:certificate_id>/unduh/",
        "sertifikat/sumber/<ulid:source_id>/arsip/",
        "sertifikat/sumber/<ulid:source_id>/salinan/",
        "ui/brand.css",
        "ui/lambang",
    }
)
# Pages behind a step that only a person can take, and the step.
BEHIND_A_STEP = {
    "akun/konfirmasi/": "asks for the password again before something far-reaching",
    "akun/pemulihan/": "shows the recovery codes once, after they were made",
    "impor/<ulid:import_id>/baris/": "while an import is being reviewed",
    "impor/<ulid:import_id>/baris/<int:number>/": "while an import is being reviewed",
    "pelatihan/program/edisi/<ulid:edition_id>/ubah/<slug:word>/": "in a copy of an edition",
    "pelatihan/angkatan/<ulid:batch_id>/usulkan/": "while a batch is being prepared",
    "sandi/baru/<str:token>/": "with the link of a letter",
}


def unseen(addresses: Iterable[str]) -> list[str]:
    """Return the routes of pages that none of the addresses leads to."""
    seen = {resolve(address.split("?")[0]).route for address in addresses}
    return sorted(set(_routes()) - seen - NO_PAGE - set(BEHIND_A_STEP))


def _routes() -> Iterator[str]:
    for route, view in _patterns(get_resolver(), ""):
        if not route.startswith("api/") and "GET" in _methods(view):
            yield route


def _patterns(parent: URLResolver, before: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    for one in parent.url_patterns:
        route = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from _patterns(one, route)
        elif isinstance(one, URLPattern):
            yield route, one.callback


def _methods(view: Callable[..., Any]) -> list[str]:
    """Return the methods that `require_http_methods` lets through, or all."""
    inner: Any = view
    while inner is not None:
        code = getattr(inner, "__code__", None)
        if code and "request_method_list" in code.co_freevars:
            cell = inner.__closure__[code.co_freevars.index("request_method_list")]
            return list(cell.cell_contents)
        inner = getattr(inner, "__wrapped__", None)
    return ["GET", "POST"]
