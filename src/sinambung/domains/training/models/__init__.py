"""The rows of training, one aggregate a file."""

from sinambung.domains.training.models.assignment import Assignment, AssignmentRole
from sinambung.domains.training.models.batch import Batch, BatchStage, BatchState, Group
from sinambung.domains.training.models.conduct import ConductKind, ConductNote
from sinambung.domains.training.models.grade import FinalGrade
from sinambung.domains.training.models.mark import (
    Mark,
    MarkChange,
    MarkChangeState,
    RemarkRequest,
)
from sinambung.domains.training.models.meeting import (
    Decision,
    GraduationMeeting,
    MeetingState,
    Outcome,
)
from sinambung.domains.training.models.participant import (
    DocumentState,
    Participant,
    ParticipantDocument,
    ParticipantState,
)
from sinambung.domains.training.models.programme import EditionState, Programme, ProgrammeEdition

__all__ = [
    "Assignment",
    "AssignmentRole",
    "Batch",
    "BatchStage",
    "BatchState",
    "ConductKind",
    "ConductNote",
    "Decision",
    "DocumentState",
    "EditionState",
    "FinalGrade",
    "GraduationMeeting",
    "Group",
    "Mark",
    "MarkChange",
    "MarkChangeState",
    "MeetingState",
    "Outcome",
    "Participant",
    "ParticipantDocument",
    "ParticipantState",
    "Programme",
    "ProgrammeEdition",
    "RemarkRequest",
]
