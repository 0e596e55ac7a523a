"""Employees as the personnel system knows them, and who held what when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation.aggregates import Aggregate


class PositionClass(models.TextChoices):
    """The class of a position (UU 20/2023; echelon and level as SIASN derives them)."""

    JPT_UTAMA = "jpt_utama", _("JPT utama")
    JPT_MADYA = "jpt_madya", _("JPT madya")
    JPT_PRATAMA = "jpt_pratama", _("JPT pratama")
    ADMINISTRATOR = "administrator", _("Administrator")
    PENGAWAS = "pengawas", _("Pengawas")
    FUNGSIONAL = "fungsional", _("Fungsional")
    PELAKSANA = "pelaksana", _("Pelaksana")


class Employment(models.TextChoices):
    PNS = "PNS", "PNS"
    CPNS = "CPNS", "CPNS"
    PPPK = "PPPK", "PPPK"


class Sex(models.TextChoices):
    MALE = "L", _("Laki-laki")
    FEMALE = "P", _("Perempuan")


class Employee(Aggregate):
    """A civil servant. The present rank, position and unit stand here; their past in the histories.

    `name` is without titles. `rank_code` is "III/c" for PNS and "IX" for PPPK. `is_active` is
    false for those whose legal status ended their service.
    """

    nip = models.CharField(max_length=18, unique=True)
    siasn_id = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    title_before = models.CharField(max_length=60, blank=True)
    title_after = models.CharField(max_length=100, blank=True)
    birth_place = models.CharField(max_length=100, blank=True)
    birth_date = models.DateField()
    sex = models.CharField(max_length=1, choices=Sex.choices)
    employment = models.CharField(max_length=4, choices=Employment.choices)
    legal_status = models.CharField(max_length=80, default="Aktif")
    is_active = models.BooleanField(default=True)
    rank_code = models.CharField(max_length=6, blank=True)
    rank_since = models.DateField(null=True, blank=True)
    position_name = models.CharField(max_length=250, blank=True)
    position_class = models.CharField(max_length=16, choices=PositionClass.choices, blank=True)
    echelon = models.CharField(max_length=6, blank=True)
    position_since = models.DateField(null=True, blank=True)
    unit = models.ForeignKey(
        "identity.Unit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    account = models.OneToOneField(
        "identity.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["name", "id"], name="workforce_name"),
            models.Index(fields=["is_active", "name", "id"], name="workforce_active_name"),
            models.Index(fields=["unit", "is_active", "name", "id"], name="workforce_unit_name"),
            models.Index(fields=["position_class", "name", "id"], name="workforce_class_name"),
            models.Index(fields=["rank_code", "name", "id"], name="workforce_rank_name"),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name with its titles, as documents print it."""
        return with_titles(self.title_before, self.name, self.title_after)


def with_titles(before: str, name: str, after: str) -> str:
    """Return a name with the titles before and after it: "Dr. Contoh Nama, S.STP., M.Si."."""
    front = f"{before} {name}" if before else name
    return f"{front}, {after}" if after else front


class Period(models.Model):
    """A stretch of a history: `until` is exclusive and empty while it lasts.

    `source_id` is the import that wrote the row, so that it can be undone. The index on the
    employee is a plain one: the one that Django adds to a text key serves LIKE as well, which
    nobody asks here.
    """

    id = models.BigAutoField(primary_key=True)
    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="%(class)s_set", db_index=False
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    source_id = models.CharField(max_length=26, blank=True)

    class Meta:
        abstract = True


class PositionHeld(Period):
    """A position that an employee held."""

    name = models.CharField(max_length=250)
    position_class = models.CharField(max_length=16, choices=PositionClass.choices, blank=True)
    echelon = models.CharField(max_length=6, blank=True)
    unit_name = models.CharField(max_length=200, blank=True)
    decree = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-since", "-id"]
        indexes = [models.Index(fields=["employee"], name="workforce_position_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="workforce_position_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.name


class RankHeld(Period):
    """A rank (golongan ruang) that an employee held."""

    rank_code = models.CharField(max_length=6)
    decree = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-since", "-id"]
        indexes = [models.Index(fields=["employee"], name="workforce_rank_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="workforce_rank_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.rank_code


class UnitMembership(Period):
    """A unit in which an employee worked."""

    unit = models.ForeignKey(
        "identity.Unit", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-since", "-id"]
        indexes = [models.Index(fields=["employee"], name="workforce_unit_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="workforce_unit_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return str(self.unit_id)


class Education(models.Model):
    """A completed education; `level_code` as SIASN numbers it (40 is S-1)."""

    id = models.BigAutoField(primary_key=True)
    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="education_set", db_index=False
    )
    level_code = models.CharField(max_length=4, blank=True)
    level_name = models.CharField(max_length=60, blank=True)
    field = models.CharField(max_length=200, blank=True)
    school = models.CharField(max_length=200, blank=True)
    graduated_in = models.PositiveSmallIntegerField(null=True, blank=True)
    source_id = models.CharField(max_length=26, blank=True)

    class Meta:
        ordering = ["-graduated_in", "-id"]
        indexes = [models.Index(fields=["employee"], name="workforce_education_of")]

    def __str__(self) -> str:
        return f"{self.level_name} {self.field}".strip()
