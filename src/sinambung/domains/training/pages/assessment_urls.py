"""Addresses of attendance, marks, conduct, graduation and certificates, under /pelatihan/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from sinambung.domains.training.pages import (
    attendance,
    certificates,
    conduct,
    grades,
    grading,
    mark_sheets,
    meetings,
)

BATCH = "angkatan/<ulid:batch_id>/"
PERSON = "peserta/<ulid:participant_id>/"
MEETING = "rapat/<ulid:meeting_id>/"

ASSESSMENT: list[URLPattern | URLResolver] = [
    path(f"{BATCH}kehadiran/", attendance.show_attendance, name="attendance"),
    path(f"{BATCH}kehadiran/simpan/", attendance.record_lesson_hours),
    path(f"{BATCH}nilai/", grades.show_grade_book, name="grade_book"),
    path(f"{BATCH}nilai/simpan/", grades.save_marks),
    path(f"{BATCH}nilai/hitung/", grades.compute_grades),
    path(f"{BATCH}nilai/tutup/", grades.close_marks),
    path(f"{BATCH}nilai/bobot/", grades.complete_scheme),
    path(f"{BATCH}nilai/unduh/", grades.download_marks),
    path(f"{BATCH}nilai/perubahan/", mark_sheets.list_changes),
    path(f"{BATCH}nilai/penilai/", grades.show_raters, name="raters"),
    path(f"{BATCH}nilai/<slug:key>/", grades.find_marks),
    path(f"{BATCH}peringkat/", grades.show_ranking, name="ranking"),
    path(f"{BATCH}peringkat/cetak/", grades.print_ranking),
    path(f"{PERSON}nilai/", mark_sheets.show_marks, name="mark_sheet"),
    path(f"{PERSON}nilai/masukan/", mark_sheets.download_input),
    path(f"{PERSON}nilai/perubahan/", mark_sheets.propose_change),
    path("nilai/perubahan/<ulid:change_id>/setujui/", mark_sheets.confirm_change),
    path("nilai/perubahan/<ulid:change_id>/tolak/", mark_sheets.reject_change),
    path(f"{PERSON}sikap/", conduct.list_notes, name="conduct"),
    path("sikap/<ulid:note_id>/cabut/", conduct.withdraw_note),
    path("sikap/<ulid:note_id>/tanggapi/", grading.answer_note),
    path("menilai/", grading.list_rated, name="marking_list"),
    path("menilai/<ulid:participant_id>/", grading.rate_participant, name="marking"),
    path("saya/<ulid:participant_id>/nilai/", grading.show_own_marks, name="own_marks"),
    path(f"{BATCH}rapat/", meetings.list_meetings, name="meetings"),
    path(f"{BATCH}rapat/siapkan/", meetings.prepare_meeting),
    path(MEETING, meetings.show_meeting, name="meeting"),
    path(f"{MEETING}ubah/", meetings.change_meeting),
    path(f"{MEETING}keputusan/", meetings.decide),
    path(f"{MEETING}usulan/", meetings.decide_as_proposed),
    path(f"{MEETING}tetapkan/", meetings.freeze_meeting),
    path(f"{MEETING}berita-acara/", meetings.print_minutes),
    path(f"{BATCH}sertifikat/", certificates.list_certificates, name="certificates"),
    path(f"{BATCH}sertifikat/terbitkan/", certificates.issue_certificates),
]
