"""A log holds no link that opens an account, no token, and no line that somebody else wrote."""

from __future__ import annotations

import io
import logging

import pytest
from django.conf import settings
from django.test import Client

from sinambung.platform.foundation.logs import WithoutSecrets, cleaned


@pytest.mark.django_db
def test_a_refused_new_password_does_not_leave_its_link_in_the_log() -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(WithoutSecrets())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        Client().post("/sandi/baru/RAHASIA-yang-masih-berlaku/", {"password": "x", "again": "y"})
    finally:
        logger.removeHandler(handler)
    assert "/sandi/baru/…" in written.getvalue()
    assert "RAHASIA" not in written.getvalue()


def test_the_handler_of_the_product_uses_it() -> None:
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["secrets"]


def test_breaks_and_turned_text_cannot_fake_a_line() -> None:
    assert "\n" not in cleaned("Not Found: /x\nERROR palsu")
    assert "\u202e" not in cleaned("nama \u202etxt.exe")
    assert "snb_abcdefghijkl" not in cleaned("Bearer snb_abcdefghijkl")
