"""The public pages: check a certificate by code, number or file. No account, no script."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from sinambung.domains.credentials import services
from sinambung.domains.credentials.pages.answers import Answer, answer_to
from sinambung.platform.documents import services as documents
from sinambung.platform.foundation.clock import now
from sinambung.platform.foundation.errors import NotFound
from sinambung.platform.identity.access import client_address, public_page

MAX_BYTES = 10_000_000
TRUSTED_FILE = "sertifikat-tepercaya.pem"


# Nothing is changed by asking, so there is nothing that a forged request could do.
@csrf_exempt
@public_page
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return _form(request)
    file = request.FILES.get("berkas")
    if file is None:
        return _check_typed(request)
    services.count_file(address=client_address(request))
    if not file.size or file.size > MAX_BYTES:
        return _form(request, error=_("Pilih berkas PDF, paling besar 10 MB."), field="berkas")
    result = services.check_file(file.read(), at=now())
    return _answer(request, answer_to(result, at=now()))


@public_page
@require_GET
def check_code(request: HttpRequest, code: str) -> HttpResponse:
    services.count_code(address=client_address(request))
    result = services.check_code(code[:120])
    return _answer(request, answer_to(result, at=now(), asked=code[:120]))


@public_page
@require_GET
def trusted_certificates(request: HttpRequest) -> HttpResponse:
    """Answer the certificates that `sinambung verify --trust` takes on another computer."""
    content = documents.trusted_certificates()
    if not content:
        raise NotFound
    answer = HttpResponse(content, content_type="application/x-pem-file")
    answer["Content-Disposition"] = f'attachment; filename="{TRUSTED_FILE}"'
    return answer


def _check_typed(request: HttpRequest) -> HttpResponse:
    text = request.POST.get("kode", "").strip()[:120]
    if not text:
        return _form(
            request,
            error=_("Tulis kode atau nomor, atau pilih berkasnya."),
            field="kode",
        )
    services.count_code(address=client_address(request))
    result = services.check_code(text)
    if result.certificate is not None:
        code = result.certificate.code.replace("-", "")
        return HttpResponseRedirect(f"/periksa/{code}/")
    return _answer(request, answer_to(result, at=now(), asked=text))


def _form(request: HttpRequest, *, error: str = "", field: str = "") -> HttpResponse:
    body = {"error": error, "error_field": field, "typed": request.POST.get("kode", "")[:120]}
    body |= {"trusted_file": TRUSTED_FILE if documents.trusted_certificates() else ""}
    return render(request, "credentials/check.html", body, status=422 if error else 200)


def _answer(request: HttpRequest, answer: Answer) -> HttpResponse:
    response = render(request, "credentials/answer.html", {"answer": answer}, status=answer.status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
