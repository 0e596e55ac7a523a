"""Filters that write numbers, dates and names, and the small tags of the layout."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sinambung.platform.foundation import clock
from sinambung.platform.foundation.paging import MOST_COUNTED
from sinambung.platform.foundation.recorded import in_reader_language
from sinambung.platform.ui.navigation import NavigationItem

register = template.Library()
register.filter("recorded", in_reader_language)

_ZONE_BY_OFFSET = {
    dt.timedelta(hours=hours): name for hours, name in ((7, "WIB"), (8, "WITA"), (9, "WIT"))
}
_SMALL_WORDS = {"dan", "of", "and"}
SELECTED = mark_safe(" selected")


@register.filter
def decimal(value: Any, places: int = 2) -> str:
    """Write 87.5 as 87,50, rounded half up for display."""
    number = _number(value)
    return "" if number is None else _written(number, int(places), get_language())


@lru_cache(maxsize=4096)
def _written(number: Decimal, places: int, language: str | None) -> str:
    """A list writes the same few numbers in every row."""
    rounded = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return number_format(rounded, decimal_pos=places, use_l10n=True, force_grouping=True)


@register.filter
def whole(value: Any) -> str:
    """Write 1284 as 1.284."""
    return _written_whole(value, get_language()) if type(value) is int else decimal(value, 0)


@lru_cache(maxsize=4096)
def _written_whole(number: int, language: str | None) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)


@register.filter
def hours(value: Any) -> str:
    """Write lesson hours as `830 JP`, with decimals only where there are any."""
    number = _number(value)
    if number is None:
        return ""
    return f"{decimal(number, 0 if number == number.to_integral_value() else 2)} JP"


@register.filter
def counted(value: Any) -> str:
    """Write what `paging.counted` returns: 348, or lebih dari 5.000."""
    number = _number(value)
    if number is None or number <= MOST_COUNTED:
        return whole(value)
    return _("lebih dari %(count)s") % {"count": whole(MOST_COUNTED)}


@register.filter
def percent(value: Any, places: int = 1) -> str:
    """Write 96.4 as 96,4%; the value is already in hundredths."""
    text = decimal(value, places)
    return f"{text}%" if text else ""


@register.filter
def money(value: Any) -> str:
    """Write 1250000 as Rp1.250.000."""
    text = decimal(value, 0)
    return f"Rp{text}" if text else ""


@register.filter
def file_size(value: Any) -> str:
    """Write a number of bytes as 87 kB or 1,4 MB."""
    number = _number(value)
    if number is None:
        return ""
    if number < 1000:
        return f"{decimal(number, 0)} B"
    if number < 1_000_000:
        return f"{decimal(number / 1000, 0)} kB"
    return f"{decimal(number / 1_000_000, 1)} MB"


@register.filter
def long_date(value: dt.date | None) -> str:
    """Write a day as 1 Januari 2026; a moment as its day here."""
    return _date(value, "j F Y") if value else ""


@register.filter
def short_date(value: dt.date | None) -> str:
    """Write a day as 1 Jan 2026, for narrow columns."""
    return _date(value, "j M Y") if value else ""


@register.filter
def weekday_date(value: dt.date | None) -> str:
    """Write a day as Kamis, 26 November 2026."""
    return _date(value, "l, j F Y") if value else ""


@register.filter
def time_of_day(value: dt.datetime | dt.time | None) -> str:
    """Write a moment as 14.30 WIB; a bare time without the zone."""
    if value is None or value == "":
        return ""
    return _written_time(_local(value), get_language() or "id")


@register.filter
def moment(value: dt.datetime | None) -> str:
    """Write a moment as 26 November 2026, 14.30 WIB."""
    if not value:
        return ""
    here, language = _local(value), get_language() or "id"
    return f"{_written_day(here.date(), 'j F Y', language)}, {_written_time(here, language)}"


@register.filter
def day_range(since: dt.date | None, until: dt.date | None) -> str:
    """Write two days as 10 Agustus - 2 Desember 2026, without repeating what they share."""
    if not since or not until:
        return long_date(since or until)
    if since == until:
        return long_date(since)
    if since.year != until.year:
        return f"{long_date(since)} – {long_date(until)}"
    start = _date(since, "j" if since.month == until.month else "j F")
    return f"{start} – {long_date(until)}"


@register.filter
def relative_day(value: dt.date | None) -> str:
    """Write a day as hari ini, besok, kemarin, 3 hari lagi, or as a date beyond a week."""
    if not value:
        return ""
    day = _local(value)
    distance = ((day.date() if isinstance(day, dt.datetime) else day) - clock.today()).days
    if distance in (-1, 0, 1):
        return (_("hari ini"), _("besok"), _("kemarin"))[distance]
    if 1 < distance <= 7:
        return ngettext("%(days)d hari lagi", "%(days)d hari lagi", distance) % {"days": distance}
    if -7 <= distance < -1:
        return ngettext("%(days)d hari lalu", "%(days)d hari lalu", -distance) % {"days": -distance}
    return long_date(value)


@register.filter
def or_dash(value: Any) -> Any:
    """Write an en dash where there is nothing to show."""
    return "–" if value is None or value == "" else value


@register.filter
def nip(value: Any) -> str:
    """Group a NIP as people read it: 19870912 201101 2 907."""
    text = str(value or "")
    if len(text) != 18 or not text.isdecimal():
        return text
    return f"{text[:8]} {text[8:14]} {text[14]} {text[15:]}"


@register.filter
def initials(value: Any) -> str:
    """Return the first letters of the first and last name, without titles."""
    name = str(value or "").split(",")[0]
    words = [word for word in name.split() if not word.endswith(".") and word[:1].isalpha()]
    words = [word for word in words if word.lower() not in _SMALL_WORDS] or name.split()[:1]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.simple_tag
def icon(name: str, size: int = 20, css_class: str = "") -> SafeString:
    """Draw an icon of the sprite, hidden from screen readers."""
    return _icon(name, int(size), css_class, _sprite())


@register.simple_tag
def navigation(items: tuple[NavigationItem, ...]) -> SafeString:
    """Write the entries of the side navigation, which are the same on every page of a section."""
    return _navigation(items)


@lru_cache(maxsize=512)
def _navigation(items: tuple[NavigationItem, ...]) -> SafeString:
    return render_to_string("ui/navigation.html", {"items": items})


@register.simple_tag
def options(choices: Iterable[tuple[Any, Any]], chosen: Any = "") -> SafeString:
    """Write the options of a select from pairs of value and text: a filter may have hundreds."""
    return _options(tuple(map(tuple, choices)), chosen)


@lru_cache(maxsize=256)
def _options(choices: tuple[tuple[Any, Any], ...], chosen: Any) -> SafeString:
    """The same filter stands above every page of a list."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SELECTED if value == chosen else "", text) for value, text in choices),
    )


@register.simple_tag
def control(field: BoundField, css_class: str = "") -> SafeString:
    """Render a form field's control with the class and the names that its frame uses."""
    if isinstance(field.field.widget, CheckboxInput | CheckboxSelectMultiple | RadioSelect):
        return field.as_widget()
    if isinstance(field.field.widget, FileInput):
        return field.as_widget(attrs={"class": css_class} if css_class else {})
    present = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"input {css_class or present}".strip()})


@register.filter
def control_kind(field: BoundField) -> str:
    """Return how a field's frame must look: `line`, `check`, `choices` or `file`."""
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "check"
    return "file" if isinstance(widget, FileInput) else "line"


@lru_cache(maxsize=1024)
def _icon(name: str, size: int, css_class: str, sprite: str) -> SafeString:
    classes = " ".join(filter(None, ["icon", f"icon--{size}" if size != 20 else "", css_class]))
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        classes,
        sprite,
        name,
    )


@lru_cache(maxsize=1)
def _sprite() -> str:
    return static("vendor/tabler/icons.svg")


def _number(value: Any) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _date(value: dt.date, pattern: str) -> str:
    """Write a day, or the day of a moment here."""
    local = _local(value)
    day = local.date() if isinstance(local, dt.datetime) else local
    return _written_day(day, pattern, get_language())


@lru_cache(maxsize=4096)
def _written_day(day: dt.date, pattern: str, language: str | None) -> str:
    """A list writes the same few days in every row."""
    return date_format(day, pattern)


def _local(value: Any) -> Any:
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _written_time(value: dt.datetime | dt.time, language: str) -> str:
    text = f"{value.hour:02}{'.' if language.startswith('id') else ':'}{value.minute:02}"
    offset = value.utcoffset() if isinstance(value, dt.datetime) else None
    zone = _ZONE_BY_OFFSET.get(offset) if offset else None
    return f"{text} {zone}" if zone else text
