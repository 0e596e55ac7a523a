"""What other parts may ask of documents: keep files, typeset, sign, examine."""

from sinambung.platform.documents.services.files import (
    EmptyFile,
    MadeFile,
    TooLarge,
    WrongType,
    begin_file,
    keep_file,
    keep_files,
    keep_written,
    lay_down,
    store_file,
)
from sinambung.platform.documents.services.papers import (
    Paper,
    SignerName,
    examine,
    local,
    picture,
    prepare_authority,
    seal,
    signer,
    typeset,
    typeset_and_seal,
)

__all__ = [
    "EmptyFile",
    "MadeFile",
    "Paper",
    "SignerName",
    "TooLarge",
    "WrongType",
    "begin_file",
    "examine",
    "keep_file",
    "keep_files",
    "keep_written",
    "lay_down",
    "local",
    "picture",
    "prepare_authority",
    "seal",
    "signer",
    "store_file",
    "typeset",
    "typeset_and_seal",
]
