"""Groups of a batch: an even split by agency and sex, or by hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from sinambung.domains.training.models import Group, Participant
from sinambung.domains.training.services.batches import locked_open_batch
from sinambung.domains.training.services.participants import PRESENT
from sinambung.domains.training.services.subjects import batch_subject, participant_subject
from sinambung.domains.training.trail import Trail
from sinambung.platform.audit import services as audit
from sinambung.platform.audit.services import Draft
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.errors import Invalid, NotFound

MOST_GROUPS = 20


@transaction.atomic
def form_groups(*, batch_id: str, count: int, by: Actor, version: int | None = None) -> list[Group]:
    """Split the accepted and active participants evenly into `count` groups.

    Agencies and sexes are spread: whoever comes from the same agency goes to different groups as
    far as possible, and sizes differ by one at most. A former split is replaced.
    """
    batch = locked_open_batch(batch_id, version=version)
    people = list(
        Participant.objects.select_for_update(of=("self",))
        .select_related("employee")
        .filter(batch=batch, state__in=PRESENT)
        .order_by("sending_agency", "employee__sex", "number")
    )
    if not 1 <= count <= min(MOST_GROUPS, max(len(people), 1)):
        raise Invalid(
            _("Jumlah kelompok dari 1 sampai %(most)s, dan paling banyak satu per peserta."),
            field="count",
            most=min(MOST_GROUPS, max(len(people), 1)),
        )
    groups = _groups(batch_id, count)
    for index, person in enumerate(people):
        person.group = groups[index % count]
    Participant.objects.bulk_update(people, ["group"])
    audit.record(Trail.GROUPS_FORMED, batch_subject(batch), by=by, count=count)
    return groups


@transaction.atomic
def move_to_group(
    *, batch_id: str, participant_ids: Collection[str], group_id: str, by: Actor
) -> None:
    """Move participants to a group of the same batch."""
    batch = locked_open_batch(batch_id)
    group = Group.objects.filter(batch=batch, pk=group_id).first()
    rows = Participant.objects.filter(batch=batch, pk__in=list(participant_ids))
    people: Sequence[Participant] = list(rows.order_by("number"))
    if group is None or len(people) != len(set(participant_ids)):
        raise NotFound
    if not people:
        raise Invalid(_("Pilih paling sedikit satu peserta."), field="participants")
    rows.update(group=group)
    drafts = [
        Draft(subject=participant_subject(person), facts={"group": group.name}) for person in people
    ]
    audit.record_all(Trail.GROUP_CHANGED, drafts, by=by)


def _groups(batch_id: str, count: int) -> list[Group]:
    present = list(Group.objects.filter(batch_id=batch_id).order_by("order"))
    for surplus in present[count:]:
        surplus.delete()
    for order in range(len(present) + 1, count + 1):
        name = say("Kelompok %(number)s") % {"number": order}
        present.append(Group.objects.create(batch_id=batch_id, name=name, order=order))
    return present[:count]
