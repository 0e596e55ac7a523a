"""What training puts on desks: what a search finds, which batches run."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from operator import itemgetter

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sinambung.domains.training import access
from sinambung.domains.training.models import BatchState, Participant
from sinambung.domains.training.queries.batches import stage_state
from sinambung.domains.training.queries.own_tasks import own_cards
from sinambung.domains.training.queries.participants import search_condition
from sinambung.domains.training.queries.plain_rows import Row, day_of, rows_of
from sinambung.domains.training.queries.waiting import under
from sinambung.platform.foundation.actors import Actor
from sinambung.platform.foundation.desk import Card, Hit
from sinambung.platform.identity.capabilities import Capability
from sinambung.platform.ui.templatetags.ui import day_range

SHORTEST_SEARCH = 2
_COUNT = "SELECT COUNT(*) FROM training_batch b{units} WHERE b.state = 'running' AND ({reach})"
# People who are accepted or beyond, as `batches.ON_LIST` names them.
_RUNNING = """
    SELECT b.id, b.name, b.state, b.quota, (SELECT COUNT(*) FROM training_participant p
        WHERE p.batch_id = b.id
            AND p.state IN ('accepted', 'active', 'postponed', 'failed', 'passed')),
        (SELECT COUNT(m.value) FROM training_participant p
            JOIN training_mark m ON m.participant_id = p.id WHERE p.batch_id = b.id),
        b.starts_on, b.ends_on, s.name, s.starts_on, s.ends_on
    FROM (SELECT b.id, b.name, b.state, b.quota, b.starts_on, b.ends_on FROM training_batch b{units}
        WHERE b.state IN ('preparing', 'running') AND ({reach})
        ORDER BY b.starts_on DESC, b.id LIMIT 6) b
    LEFT JOIN training_batchstage s ON s.batch_id = b.id
    ORDER BY b.starts_on DESC, b.id, s."order"
"""


def search(actor: Actor, text: str, *, limit: int = 10) -> list[Hit]:
    """Find batches by name and participants by name or NIP, within the actor's reach."""
    text = text.replace("\x00", "").strip()
    if len(text) < SHORTEST_SEARCH or not actor.may(Capability.VIEW_BATCHES):
        return []
    batches = access.batches_visible_to(actor)
    hits = [
        Hit(_("Angkatan"), f"{name} {year}", f"/pelatihan/angkatan/{id}/")
        for id, name, year in batches.filter(name__icontains=text).values_list(
            "id", "name", "year"
        )[:limit]
    ]
    people = Participant.objects.filter(search_condition(text), batch__in=batches.order_by())
    found = people.order_by("name", "id").values_list(
        "id", "display_name", "batch__name", "batch__year"
    )
    hits += [
        Hit(_("Peserta"), person, f"/pelatihan/peserta/{id}/", f"{name} {year}")
        for id, person, name, year in found[:limit]
    ]
    return hits


def running_batches(actor: Actor) -> int:
    """Return how many batches in reach run now."""
    condition, prefixes = under(actor.paths(Capability.VIEW_BATCHES))
    return int(rows_of(_COUNT.format(units=_hosts(prefixes), reach=condition), prefixes)[0][0])


def cards_for(actor: Actor, *, on: dt.date) -> list[Card]:
    """Return the running batches in reach, and the actor's own participations."""
    cards: list[Card] = []
    if actor.may(Capability.VIEW_BATCHES):
        reach, prefixes = under(actor.paths(Capability.VIEW_BATCHES))
        rows = rows_of(_RUNNING.format(reach=reach, units=_hosts(prefixes)), prefixes)
        cards += [_card(list(stages), on) for _id, stages in groupby(rows, key=itemgetter(0))]
    return [*cards, *own_cards(actor)]


def _hosts(prefixes: list[str]) -> str:
    """Return the join of the hosting units, which only a part of them needs."""
    return " JOIN identity_unit u ON u.id = b.host_id" if prefixes else ""


def _card(rows: list[Row], on: dt.date) -> Card:
    id, name, state, quota, people, marks, since, until, *_stage = rows[0]
    stages = [row[8:] for row in rows if row[8] is not None]
    states = [stage_state(state, day_of(start), day_of(end), on) for _name, start, end in stages]
    step = sum(state != "later" for state in states)
    now = stages[step - 1][0] if step else _("Belum dimulai")
    return Card(
        title=name,
        href=f"/pelatihan/angkatan/{id}/",
        note=str(BatchState(state).label),
        step=step,
        steps=len(states),
        facts=(
            (_("Tahap sekarang"), now),
            (_("Peserta"), f"{people}/{quota}"),
            (_("Nilai terisi"), number_format(marks, use_l10n=True, force_grouping=True)),
            (_("Tanggal"), day_range(day_of(since), day_of(until))),
        ),
    )
