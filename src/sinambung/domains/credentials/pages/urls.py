"""Addresses of certificates, and the public ones where anybody checks them."""

from django.urls import path

from sinambung.domains.credentials.pages import certificates, changes, public, sources

app_name = "credentials"
urlpatterns = [
    path("sertifikat/", certificates.list_certificates, name="list"),
    path("sertifikat/saya/", certificates.own_certificates, name="own"),
    path("sertifikat/sumber/<ulid:source_id>/", sources.show_source, name="source"),
    path("sertifikat/sumber/<ulid:source_id>/siapkan/", sources.request_bundle, name="bundle"),
    path("sertifikat/sumber/<ulid:source_id>/lanjutkan/", sources.resume_issuing, name="resume"),
    path("sertifikat/sumber/<ulid:source_id>/arsip/", sources.archive, name="archive"),
    path("sertifikat/sumber/<ulid:source_id>/salinan/", sources.print_copy, name="print-copy"),
    path("sertifikat/<ulid:certificate_id>/", certificates.show_certificate, name="certificate"),
    path("sertifikat/<ulid:certificate_id>/unduh/", certificates.download, name="download"),
    path(
        "sertifikat/<ulid:certificate_id>/halaman-<int:number>.png",
        certificates.page_picture,
        name="picture",
    ),
    path("sertifikat/<ulid:certificate_id>/cabut/", changes.withdraw_certificate, name="withdraw"),
    path("sertifikat/<ulid:certificate_id>/ganti/", changes.reissue_certificate, name="reissue"),
    path("periksa/", public.check, name="check"),
    path(f"periksa/{public.TRUSTED_FILE}", public.trusted_certificates, name="trusted"),
    path("periksa/<str:code>/", public.check_code, name="check-code"),
]
