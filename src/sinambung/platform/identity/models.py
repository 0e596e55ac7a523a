"""Accounts, the unit tree, roles within units, and tokens of the API."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation.aggregates import Aggregate
from sinambung.platform.identity.capabilities import ROLE_NAMES, Role


class Unit(Aggregate):
    """A node of the one unit tree. `path` is the codes from the root, each followed by a slash,
    so that a subtree is every path that begins with it."""

    class Kind(models.TextChoices):
        GOVERNMENT = "government", _("Pemerintah daerah")
        AGENCY = "agency", _("Perangkat daerah")
        DIVISION = "division", _("Unit kerja")

    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=255, unique=True)
    siasn_id = models.CharField(max_length=40, blank=True, db_index=True)
    time_zone = models.CharField(max_length=40, default="Asia/Jakarta")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name


class UnitPeriod(models.Model):
    """What a unit was called and where it stood, for a time (`until` exclusive): who was named
    what when. Exactly one period of a unit is open."""

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="periods")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    parent = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=models.Q(until__isnull=True),
                name="identity_one_open_period",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.since}"


class User(AbstractBaseUser, Aggregate):
    """An account. `username` is the NIP of an employee, or a name for other people.

    An account that came with a roster has no password until its owner activates it. `unit` is
    where the person belongs: it says which administrators manage the account, and nothing else.
    """

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="users"
    )
    is_active = models.BooleanField(default=True)
    activated_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["name", "id"], name="identity_user_name"),
            models.Index(fields=["unit", "name", "id"], name="identity_user_unit"),
            models.Index(
                fields=["name", "id"],
                name="identity_user_locked",
                condition=models.Q(is_active=False),
            ),
            models.Index(
                fields=["name", "id"],
                name="identity_user_waiting",
                condition=models.Q(is_active=True, activated_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoleAssignment(Aggregate):
    """A role of an account in a unit and everything below it, for a time (`until` exclusive)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(
        max_length=24, choices=[(role.value, name) for role, name in ROLE_NAMES.items()]
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
                name="identity_role_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "unit", "since"], name="identity_role_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.user_id}"

    @property
    def role_name(self) -> str:
        return str(ROLE_NAMES[Role(self.role)])


class ApiToken(Aggregate):
    """A key for machines: acts as its owner, within its scopes. Only the hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    is_read_only = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return self.name


class OneTimeCode(models.Model):
    """A code that opens an account once: an activation slip, or a link to set a new password.

    Only a keyed hash is kept. A request for an unknown account leaves a row without `user`, so
    that known and unknown cost the same.
    """

    class Purpose(models.TextChoices):
        ACTIVATION = "activation", _("Aktivasi")
        RESET = "reset", _("Atur ulang sandi")

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="codes")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["user", "purpose"], name="identity_code_user")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.user_id}"


class Throttle(models.Model):
    """How often something failed lately: the memory behind the delays of sign-in."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.FloatField(default=0)
    failed_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.key} {self.failures}"
