"""The rows of an import: listed, chosen, corrected, taken away as a sheet."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinambung.platform.exchange import access, queries, services
from sinambung.platform.exchange.pages.imports import XLSX
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request, posted_text, posted_version
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability


@page(Capability.USE)
@require_safe
def row_list(request: Request, import_id: Ulid) -> HttpResponse:
    row = access.import_for(request.actor, import_id)
    verdict = request.GET.get("putusan", "")
    context = {
        "summary": queries.summary_of(row),
        "verdict": verdict,
        "found": queries.page_of_rows(
            row,
            verdict=verdict,
            after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
        ),
    }
    return render(request, "exchange/row_list.html", context)


@page(Capability.USE)
@require_POST
def choose(request: Request, import_id: Ulid) -> HttpResponse:
    access.import_for(request.actor, import_id)
    services.choose(
        import_id=import_id,
        version=posted_version(request),
        listed=_numbers(request.POST.getlist("listed")),
        chosen=_numbers(request.POST.getlist("row")),
        by=request.actor,
    )
    messages.success(request, _("Pilihan baris tersimpan."))
    root, back = f"/impor/{import_id}/", request.POST.get("next", "")
    return HttpResponseRedirect(back if back.startswith(root) else root)


@page(Capability.USE)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_row(request: Request, import_id: Ulid, number: int) -> HttpResponse:
    row = access.import_for(request.actor, import_id)
    shown = queries.row_cells(row, number)
    if request.method == "POST":
        staged = services.correct_row(
            import_id=import_id,
            version=posted_version(request),
            number=number,
            cells={field.key: posted_text(request, f"cell-{field.key}") for field in shown.fields},
            by=request.actor,
        )
        if staged.verdict != "problem":
            messages.success(request, _("Baris %(number)s sudah benar.") % {"number": number})
            return HttpResponseRedirect(f"/impor/{import_id}/")
        row = access.import_for(request.actor, import_id)
        shown = queries.row_cells(row, number)
    context = {"summary": queries.summary_of(row), "number": number, "row": shown}
    status = 422 if request.method == "POST" else 200
    return render(request, "exchange/correct_row.html", context, status=status)


@page(Capability.USE)
@require_POST
def leave_out(request: Request, import_id: Ulid, number: int) -> HttpResponse:
    access.import_for(request.actor, import_id)
    left_out = request.POST.get("left_out", "1") == "1"
    services.leave_out(
        import_id=import_id,
        version=posted_version(request),
        number=number,
        left_out=left_out,
        by=request.actor,
    )
    if not left_out:
        return HttpResponseRedirect(f"/impor/{import_id}/baris/{number}/")
    messages.success(request, _("Baris %(number)s diabaikan.") % {"number": number})
    return HttpResponseRedirect(f"/impor/{import_id}/")


@page(Capability.USE)
@require_safe
def problem_sheet(request: Request, import_id: Ulid) -> HttpResponse:
    row = access.import_for(request.actor, import_id)
    every = request.GET.get("isi") == "catatan"
    content, name = (
        (queries.note_sheet(row), "catatan-impor")
        if every
        else (queries.problem_sheet(row), "baris-bermasalah")
    )
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def _numbers(texts: list[str]) -> list[int]:
    return [int(text) for text in texts[:1000] if text.isdecimal() and len(text) < 9]
