"""Who coaches, mentors and examines whom, and since when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models.batch import Batch
from sinambung.domains.training.models.participant import Participant
from sinambung.platform.foundation.aggregates import Aggregate


class AssignmentRole(models.TextChoices):
    COACH = "coach", _("Coach")
    MENTOR = "mentor", _("Mentor")
    EXAMINER = "examiner", _("Penguji")
    SUBSTITUTE_EXAMINER = "substitute_examiner", _("Penguji pengganti")


class Assignment(Aggregate):
    """`until` is exclusive and open while the assignment holds."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="assignments")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="assignments"
    )
    role = models.CharField(max_length=20, choices=AssignmentRole.choices)
    person = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    person_name = models.CharField(max_length=260)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["batch", "participant", "role", "since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "role"],
                condition=models.Q(until__isnull=True),
                name="training_one_person_a_role",
            )
        ]
        indexes = [models.Index(fields=["person", "batch"], name="training_assignment_person")]

    def __str__(self) -> str:
        return f"{self.role} {self.person_name}"
