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
from sinambung.domains.credentials.services.issuing import AllIssued, NothingToIssue
from sinambung.domains.credentials.services.making import finish_certificates, issue_certificates
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
    "check_code",
    "check_file",
    "finish_certificates",
    "issue_certificates",
    "make_bundle",
    "reissue_certificate",
    "request_bundle",
    "save_files",
    "withdraw_certificate",
]
