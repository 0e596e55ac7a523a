"""What apps above and pages may ask of credentials."""

from sinambung.domains.credentials.services.bundles import (
    make_bundle,
    request_bundle,
    save_files,
)
from sinambung.domains.credentials.services.checking import Outcome, check_code, check_file
from sinambung.domains.credentials.services.ending import (
    AlreadyBeingReplaced,
    NothingCorrected,
    NotValidAnyMore,
    ReasonMissing,
    reissue_certificate,
    withdraw_certificate,
)
from sinambung.domains.credentials.services.issuing import (
    AllIssued,
    NothingToIssue,
    resume_issuing,
)
from sinambung.domains.credentials.services.limits import TooManyChecks, count_code, count_file
from sinambung.domains.credentials.services.making import (
    finish_certificates,
    issue_certificates,
    page_picture,
)
from sinambung.domains.credentials.services.preparing import prepare_signing, source_id
from sinambung.domains.credentials.services.requests import (
    CertificateRequest,
    Correction,
    MarkRow,
    Signatory,
    Source,
    SubjectRow,
)

__all__ = [
    "AllIssued",
    "AlreadyBeingReplaced",
    "CertificateRequest",
    "Correction",
    "MarkRow",
    "NotValidAnyMore",
    "NothingCorrected",
    "NothingToIssue",
    "Outcome",
    "ReasonMissing",
    "Signatory",
    "Source",
    "SubjectRow",
    "TooManyChecks",
    "check_code",
    "check_file",
    "count_code",
    "count_file",
    "finish_certificates",
    "issue_certificates",
    "make_bundle",
    "page_picture",
    "prepare_signing",
    "reissue_certificate",
    "request_bundle",
    "resume_issuing",
    "save_files",
    "source_id",
    "withdraw_certificate",
]
