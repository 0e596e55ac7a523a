"""How a rule says no: one Indonesian sentence that says what to do."""


class RuleRefused(Exception):
    """A rule cannot answer; `sentence` is fit for the screen."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
