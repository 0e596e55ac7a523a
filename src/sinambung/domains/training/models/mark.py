"""Raw marks, one per participant, cell of the scheme and rater role."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models.participant import Participant
from sinambung.platform.foundation.aggregates import Aggregate


class Mark(Aggregate):
    """`cell` is the path in the scheme: component, sub-component and aspect codes joined by a
    slash, then `@` and the rater's role where the scheme names raters.

    An emptied cell keeps its row without a value, so that its version never starts again."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="marks")
    cell = models.CharField(max_length=120)
    value = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    rater = models.ForeignKey(
        "identity.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rater_name = models.CharField(max_length=260, blank=True)
    marked_at = models.DateTimeField()

    class Meta:
        ordering = ["participant", "cell"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "cell"], name="training_mark_once"),
            models.CheckConstraint(
                condition=models.Q(value__gte=0) & models.Q(value__lte=1000),
                name="training_mark_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cell} {self.value}"


class MarkChangeState(models.TextChoices):
    PROPOSED = "proposed", _("Menunggu persetujuan")
    CONFIRMED = "confirmed", _("Disetujui")
    REJECTED = "rejected", _("Ditolak")


class MarkChange(Aggregate):
    """A change after closing: proposed with a reason by one, decided by another."""

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="mark_changes"
    )
    cell = models.CharField(max_length=120)
    before = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    after = models.DecimalField(max_digits=7, decimal_places=2)
    reason = models.TextField()
    state = models.CharField(
        max_length=10, choices=MarkChangeState.choices, default=MarkChangeState.PROPOSED
    )
    proposed_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    proposed_by_name = models.CharField(max_length=260)
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "identity.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by_name = models.CharField(max_length=260, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.TextField(blank=True)

    class Meta:
        ordering = ["-proposed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "cell"],
                condition=models.Q(state="proposed"),
                name="training_one_open_change_a_cell",
            )
        ]

    def __str__(self) -> str:
        return f"{self.cell} {self.after}"


class RemarkRequest(Aggregate):
    """Raters of one item differ by more than the scheme allows: both must mark it again.

    `item` is the cell without its role. It closes when the marks come near enough."""

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="remark_requests"
    )
    item = models.CharField(max_length=100)
    difference = models.DecimalField(max_digits=7, decimal_places=2)
    limit = models.DecimalField(max_digits=7, decimal_places=2)
    requested_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-requested_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "item"],
                condition=models.Q(resolved_at__isnull=True),
                name="training_one_open_remark_an_item",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.difference}"
