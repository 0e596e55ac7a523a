"""The people of identity's tests serve here too."""

from tests.platform.identity.conftest import (  # noqa: F401
    administrator,
    health,
    health_administrator,
    nurse,
    province,
    schools,
    teacher,
)
