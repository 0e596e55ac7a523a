"""The graduation meeting (rapat kelulusan) and its decisions: frozen before any certificate."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models.batch import Batch
from sinambung.domains.training.models.participant import Participant
from sinambung.platform.foundation.aggregates import Aggregate


class MeetingState(models.TextChoices):
    DRAFT = "draft", _("Disiapkan")
    FROZEN = "frozen", _("Ditetapkan")


class GraduationMeeting(Aggregate):
    """A batch has one first meeting; later ones resolve postponed participants.

    `recorders` are the accounts that recorded decisions; neither they nor `prepared_by` may
    freeze them."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="meetings")
    order = models.PositiveSmallIntegerField(default=1)
    held_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    chair = models.CharField(max_length=260)
    members = models.JSONField(default=list)
    notes = models.TextField(blank=True)
    minutes_number = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=8, choices=MeetingState.choices, default=MeetingState.DRAFT)
    prepared_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    recorders = models.JSONField(default=list)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(
        "identity.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["batch", "order"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "order"], name="training_meeting_order_once"),
            models.UniqueConstraint(
                fields=["batch"],
                condition=models.Q(state="draft"),
                name="training_one_open_meeting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.order}"


class Outcome(models.TextChoices):
    PASSED = "passed", _("Lulus")
    POSTPONED = "postponed", _("Ditunda")
    FAILED = "failed", _("Tidak lulus")
    WITHDRAWN = "withdrawn", _("Mengundurkan diri")
    DROPPED = "dropped", _("Gugur")
    DECEASED = "deceased", _("Meninggal")


class Decision(Aggregate):
    """What the meeting decided of one participant, with the grade as it then stood."""

    meeting = models.ForeignKey(
        GraduationMeeting, on_delete=models.PROTECT, related_name="decisions"
    )
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    proposed = models.CharField(max_length=10, choices=Outcome.choices)
    proposal_reasons = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    missing = models.TextField(blank=True)
    deadline = models.DateField(null=True, blank=True)
    grade = models.CharField(max_length=60, blank=True)
    distinction = models.CharField(max_length=60, blank=True)
    place = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "participant"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "participant"], name="training_decision_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="postponed")
                | (~models.Q(missing="") & models.Q(deadline__isnull=False)),
                name="training_postponed_says_what_and_until_when",
            ),
        ]

    def __str__(self) -> str:
        return self.outcome
