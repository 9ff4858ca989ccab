"""The one error a user should ever see as a message: something given to us is wrong."""

from collections.abc import Iterable


class InputError(ValueError):
    """What the user gave cannot be used: every problem found, each with what, where and what to do.

    ``problems`` is the list of messages; ``str()`` is one of them, or the first few hundred of them numbered. The command
    line prints it without a traceback and exits with status 2.
    """

    SHOWN = 300

    def __init__(self, problems: str | Iterable[str], summary: str | None = None):
        self.problems = [problems] if isinstance(problems, str) else list(problems)
        self.summary = summary
        super().__init__(self._message())

    def _message(self) -> str:
        if len(self.problems) == 1 and not self.summary:
            return self.problems[0]
        head = self.summary or f"{len(self.problems)} problems"
        lines = [f"  {i}. {problem}" for i, problem in enumerate(self.problems[: self.SHOWN], 1)]
        more = len(self.problems) - self.SHOWN
        return "\n".join([f"{head}:", *lines] + ([f"  ... and {more} more."] if more > 0 else []))

    def __reduce__(self) -> tuple[type["InputError"], tuple[list[str], str | None]]:
        return type(self), (self.problems, self.summary)
