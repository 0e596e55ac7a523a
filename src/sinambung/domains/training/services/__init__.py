"""Changes to training, one function per use case; each module has its own subject."""
