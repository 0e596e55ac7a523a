"""What every test shares; the pure tier runs without the plugin for Django (`make test-pure`)."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("sinambung", deadline=None)
settings.load_profile("sinambung")


def pytest_configure(config: pytest.Config) -> None:
    if config.pluginmanager.hasplugin("django"):
        config.pluginmanager.import_plugin("tests.around_django")
