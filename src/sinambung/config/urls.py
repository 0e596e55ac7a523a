"""Every address of the product; each app lists its own pages."""

from django.urls import include, path

from sinambung.config.api import api
from sinambung.platform.ui.pages.appearance import old_icon

urlpatterns = [
    path("api/v1/", api.urls),
    path("favicon.ico", old_icon),
    path("ui/", include("sinambung.platform.ui.pages.urls")),
    path("regulasi/", include("sinambung.platform.regulation.pages.urls")),
    path("pegawai/", include("sinambung.domains.workforce.pages.urls")),
    path("impor/", include("sinambung.platform.exchange.pages.urls")),
    path("pekerjaan/", include("sinambung.platform.jobs.pages.urls")),
    path("pelatihan/", include("sinambung.domains.training.pages.urls")),
    path("", include("sinambung.domains.credentials.pages.urls")),
    path("", include("sinambung.platform.identity.pages.urls")),
    path("", include("sinambung.portal.pages.urls")),
    path("", include("sinambung.platform.notices.pages.urls")),
]

handler400 = "sinambung.platform.identity.pages.errors.bad_request"
handler403 = "sinambung.platform.identity.pages.errors.forbidden"
handler404 = "sinambung.platform.identity.pages.errors.not_found"
handler500 = "sinambung.platform.identity.pages.errors.failed"
