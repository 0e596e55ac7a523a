"""How a command says no: one sentence on stderr and an exit code."""


class CommandRefused(Exception):
    """The command understood the request and refuses it; `main` prints the sentence and exits 1."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
