from django.template import Context, Template
from django.utils import translation

from sinambung.platform.ui.templatetags import ui


def rendered(text: str, **facts: object) -> str:
    return Template(text).render(Context(facts))


def test_a_literal_text_is_translated_anew_in_another_language() -> None:
    template = Template('{% translate "Keluar" %}')
    with translation.override("id"):
        assert template.render(Context()) == "Keluar"
    with translation.override("en"):
        assert template.render(Context()) == translation.gettext("Keluar")


def test_a_text_may_be_kept_under_a_name() -> None:
    assert rendered('{% translate "Keluar" as word %}<{{ word }}>') == "<Keluar>"


def test_a_text_from_a_variable_is_not_kept() -> None:
    template = Template("{% translate word %}")
    assert [template.render(Context({"word": word})) for word in ("Satu", "Dua")] == ["Satu", "Dua"]


def test_options_mark_the_chosen_one_and_escape() -> None:
    assert ui.options([("a", "<b>"), (2, "Dua")], 2) == (
        '<option value="a">&lt;b&gt;</option><option value="2" selected>Dua</option>'
    )


def test_a_kept_date_is_written_in_the_language_of_the_moment() -> None:
    import datetime as dt

    day = dt.date(2026, 8, 10)
    with translation.override("id"):
        assert ui.long_date(day) == "10 Agustus 2026"
    with translation.override("en"):
        assert ui.long_date(day) == "10 August 2026"
