"""Writing the trail, and sealing what was written."""

from sinambung.platform.audit.services.sealing import seal_new_entries
from sinambung.platform.audit.services.writing import Draft, Subject, record, record_all

__all__ = ["Draft", "Subject", "record", "record_all", "seal_new_entries"]
