"""What a visitor chooses about the look, and the agency's colour as a style sheet."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from sinambung.platform.ui import agency, brand
from sinambung.platform.ui.context import NAVIGATION_COOKIE, THEME_COOKIE

_YEAR = 365 * 24 * 3600
_CHOICES = {
    THEME_COOKIE: ("light", "dark", ""),
    NAVIGATION_COOKIE: ("kecil", ""),
    "bahasa": ("id", "en"),
}
_COOKIES = {"bahasa": settings.LANGUAGE_COOKIE_NAME}
_EMBLEM_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}


@require_GET
@cache_control(public=True, max_age=300)
def brand_style(request: HttpRequest) -> HttpResponse:
    """Serve the agency's own colour ramp; empty for the default blue."""
    return HttpResponse(brand.style_sheet(agency.current().colour), content_type="text/css")


@require_GET
@cache_control(public=True, max_age=300)
def emblem(request: HttpRequest) -> HttpResponse:
    """Serve the agency's emblem."""
    path = agency.current().emblem
    content_type = _EMBLEM_TYPES.get(path.suffix.lower()) if path else None
    if path is None or content_type is None or not path.is_file():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type=content_type)


@require_GET
@cache_control(public=True, max_age=86400)
def old_icon(request: HttpRequest) -> HttpResponse:
    """Lead whoever asks for the icon where it used to stand to the mark."""
    return HttpResponseRedirect(static("ui/mark.svg"))


@require_POST
def choose_appearance(request: HttpRequest) -> HttpResponse:
    """Remember the theme, the width of the navigation and the language."""
    target = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    response = HttpResponseRedirect(target if is_ours else "/")
    for cookie, allowed in _CHOICES.items():
        value = request.POST.get(cookie)
        if value in allowed:
            response.set_cookie(
                _COOKIES.get(cookie, cookie),
                value,
                max_age=_YEAR,
                samesite="Lax",
                httponly=True,
                secure=request.is_secure(),
            )
    return response
