"""Script in every stored text: shown on the pages as it stands, and never run."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client

from tests.security.addresses import pages
from tests.security.world import World

pytestmark = pytest.mark.django_db

SCRIPT = "zq7\"'><img src=x onerror=a()>{{ 7|add:7000 }}"
RAW = ("<img src=x onerror", "\"'><img", "7007")
PEOPLE = ("administrator", "organiser", "participant")
# What is no text of a person: kept by the product itself, or refused by the database.
OWN = {
    *("path", "code", "key", "digest", "password", "sha256", "username", "nip", "link", "cell"),
    *("subject", "edition_key", "owner_kind", "kind", "result_href", "worker", "task_id", "item"),
    *(
        "value",
        "grade",
        "shown",
        "time_zone",
        "scope",
        "pattern",
        "register",
        "media_type",
        "siasn_id",
    ),
}


def test_no_stored_text_runs_on_any_page(world: World) -> None:
    with transaction.atomic():
        columns = _write_everywhere()
        shown, broken = 0, []
        for name in PEOPLE:
            client = world.client(name)
            client.raise_request_exception = False
            for address in pages():
                html = _html(client, address.filled(world.things))
                shown += "zq7" in html
                if any(raw in html for raw in RAW):
                    broken.append(f"{name} {address.route}")
        transaction.set_rollback(True)
    assert columns > 40
    assert shown > 40
    assert broken == []


def _write_everywhere() -> int:
    """Put the script into every text column that holds words; return how many columns."""
    count = 0
    for model in apps.get_models():
        if not model.__module__.startswith("sinambung.") or "audit" in model.__module__:
            continue
        names = [field.name for field in model._meta.concrete_fields if _holds_words(field)]
        if names:
            model._default_manager.update(**dict.fromkeys(names, SCRIPT))
        count += len(names)
    return count


def _holds_words(field: models.Field) -> bool:  # type: ignore[type-arg]
    if not isinstance(field, models.CharField | models.TextField) or field.choices:
        return False
    is_short = field.max_length is not None and field.max_length < len(SCRIPT)
    return not (is_short or field.primary_key or field.unique or field.name in OWN)


def _html(client: Client, path: str) -> str:
    answer = client.get(path)
    is_html = "html" in answer.get("Content-Type", "")
    return answer.content.decode(errors="replace") if is_html else ""
