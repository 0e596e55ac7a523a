"""What other parts may ask of documents: keep files, typeset, sign, examine."""

from sinambung.platform.documents.services.files import (
    EmptyFile,
    TooLarge,
    WrongType,
    keep_file,
    store_file,
)
from sinambung.platform.documents.services.papers import (
    examine,
    prepare_authority,
    seal,
    signer,
    typeset,
)

__all__ = [
    "EmptyFile",
    "TooLarge",
    "WrongType",
    "examine",
    "keep_file",
    "prepare_authority",
    "seal",
    "signer",
    "store_file",
    "typeset",
]
