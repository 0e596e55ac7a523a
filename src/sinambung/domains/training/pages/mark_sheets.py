"""The marks of one participant: working, the row as a form, and changes after closing."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinambung.domains.training import access
from sinambung.domains.training.pages.frames import batch_frame
from sinambung.domains.training.queries import grade_input
from sinambung.domains.training.queries import mark_sheet as queries
from sinambung.domains.training.services import mark_changes
from sinambung.domains.training.services import marks as services
from sinambung.domains.training.services.marks import CellChange, MarksNotSaved, SavedCell
from sinambung.platform.foundation.clock import now
from sinambung.platform.foundation.errors import Forbidden, NotFound, Refused
from sinambung.platform.foundation.identifiers import Ulid
from sinambung.platform.foundation.web import Request, posted_text, posted_version
from sinambung.platform.identity.access import page
from sinambung.platform.identity.capabilities import Capability


@page(Capability.VIEW_BATCHES)
@require_http_methods(["GET", "POST"])
def show_marks(request: Request, participant_id: Ulid) -> HttpResponse:
    capability = Capability.GRADE if request.method == "POST" else Capability.VIEW_BATCHES
    if not request.actor.may(capability):
        raise Forbidden
    person = access.participant_for(request.actor, participant_id, capability)
    problems: dict[str, str] = {}
    refusal_text = ""
    if request.method == "POST":
        try:
            changes = posted_marks(request, participant_id)
            saved = services.save_marks(
                batch_id=person.batch_id, changes=changes, by=request.actor, at=now()
            )
        except MarksNotSaved as refusal:
            problems = {f"mark-{p.cell}": p.sentence for p in refusal.problems}
            refusal_text = refusal.sentence
        except NotFound:
            raise
        except Refused as refusal:
            refusal_text = refusal.sentence
        else:
            messages.success(request, said(saved, name=person.display_name))
            return HttpResponseRedirect(request.path)
    sheet = queries.mark_sheet(person)
    frame = batch_frame(
        person.batch, actor=request.actor, current="nilai/", title=person.display_name
    )
    body = {
        "sheet": sheet,
        "fields": form_lines(request, sheet.lines, problems),
        "problem": refusal_text,
        "input_file": grade_input.input_file_name(person),
        "may_grade": request.actor.may(Capability.GRADE),
        "may_confirm": request.actor.may(Capability.CONFIRM_GRADES),
        "actor_id": request.actor.id,
        **frame,
    }
    return render(request, "training/mark_sheet.html", body, status=422 if refusal_text else 200)


@page(Capability.VIEW_BATCHES)
@require_GET
def download_input(request: Request, participant_id: Ulid) -> HttpResponse:
    """Answer the file that `sinambung rule compute nilai-akhir` takes."""
    person = access.participant_for(request.actor, participant_id, Capability.VIEW_BATCHES)
    found = grade_input.grade_input(person)
    answer = JsonResponse(found.content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return answer


@page(Capability.VIEW_BATCHES)
@require_GET
def list_changes(request: Request, batch_id: Ulid) -> HttpResponse:
    batch = access.batch_for(request.actor, batch_id, Capability.VIEW_BATCHES)
    frame = batch_frame(
        batch, actor=request.actor, current="nilai/", title=_("Perubahan sesudah ditutup")
    )
    body = {
        "changes": queries.changes_of_batch(batch),
        "batch": batch,
        "may_confirm": request.actor.may(Capability.CONFIRM_GRADES),
        "actor_id": request.actor.id,
        **frame,
    }
    return render(request, "training/mark_changes.html", body)


@page(Capability.GRADE)
@require_POST
def propose_change(request: Request, participant_id: Ulid) -> HttpResponse:
    access.participant_for(request.actor, participant_id, Capability.GRADE)
    mark_changes.propose_mark_change(
        participant_id=participant_id,
        cell=posted_text(request, "cell", limit=120),
        after=posted_text(request, "after", limit=40),
        reason=posted_text(request, "reason"),
        by=request.actor,
        at=now(),
    )
    messages.success(request, _("Perubahan diusulkan. Orang lain harus menyetujuinya."))
    return HttpResponseRedirect(f"/pelatihan/peserta/{participant_id}/nilai/")


@page(Capability.CONFIRM_GRADES)
@require_POST
def confirm_change(request: Request, change_id: Ulid) -> HttpResponse:
    change = access.mark_change_for(request.actor, change_id, Capability.CONFIRM_GRADES)
    mark_changes.confirm_mark_change(
        change_id=change_id, version=posted_version(request), by=request.actor, at=now()
    )
    messages.success(request, _("Perubahan disetujui dan nilai akhir dihitung ulang."))
    return HttpResponseRedirect(
        f"/pelatihan/angkatan/{change.participant.batch_id}/nilai/perubahan/"
    )


@page(Capability.CONFIRM_GRADES)
@require_POST
def reject_change(request: Request, change_id: Ulid) -> HttpResponse:
    change = access.mark_change_for(request.actor, change_id, Capability.CONFIRM_GRADES)
    mark_changes.reject_mark_change(
        change_id=change_id,
        version=posted_version(request),
        note=posted_text(request, "note"),
        by=request.actor,
        at=now(),
    )
    messages.success(request, _("Perubahan ditolak."))
    return HttpResponseRedirect(
        f"/pelatihan/angkatan/{change.participant.batch_id}/nilai/perubahan/"
    )


def said(saved: Sequence[SavedCell], *, name: str) -> str:
    """Say what saving did: a form whose fields are all empty saved nothing."""
    if any(cell.version for cell in saved):
        return _("Nilai %(name)s tersimpan.") % {"name": name}
    return _("Belum ada nilai diisi.")


def posted_marks(request: Request, participant_id: str) -> list[CellChange]:
    """Read the cells of one participant from a form: `mark-CELL` with `version-CELL`."""
    changes = []
    for name in request.POST:
        if not name.startswith("mark-"):
            continue
        cell = name.removeprefix("mark-")[:120]
        version = request.POST.get(f"version-{cell}", "")
        changes.append(
            CellChange(
                participant_id=participant_id,
                cell=cell,
                value=posted_text(request, name, limit=40),
                version=int(version) if version.isdecimal() and len(version) < 9 else 0,
            )
        )
    return changes


def form_lines(
    request: Request, lines: object, problems: dict[str, str]
) -> list[tuple[object, str, str]]:
    """Return each line with the text its field holds and what is wrong with it."""
    typed = request.POST if problems else {}
    return [
        (line, typed.get(line.field, line.text), problems.get(line.field, ""))
        for line in lines  # type: ignore[attr-defined]
    ]
