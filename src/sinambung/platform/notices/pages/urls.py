"""Addresses of notices and of the outbox."""

from django.urls import path

from sinambung.platform.notices.pages import notes, outbox

app_name = "notices"
urlpatterns = [
    path("pemberitahuan/", notes.notice_list, name="list"),
    path("pemberitahuan/dibaca/", notes.mark_all_read, name="mark_all_read"),
    path("pemberitahuan/<ulid:notice_id>/", notes.open_notice, name="open"),
    path("pengaturan/surel/", outbox.outbox, name="outbox"),
    path("pengaturan/surel/<ulid:mail_id>/ulang/", outbox.retry_mail, name="retry"),
    path("pengaturan/surel/<ulid:mail_id>/batal/", outbox.drop_mail, name="drop"),
]
