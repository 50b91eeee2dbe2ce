"""What every library's answers are told in."""

from typing import Any, Literal

from pydantic import BaseModel

Json = dict[str, Any]

MAX_TOKENS = 20_000
MOST_TURNS = 5


class Place(BaseModel):
    """The structured answer."""

    city: str
    mood: Literal["sunny", "rainy"]


def outcome(
    text: str,
    stop: str | None,
    calls: list[list[Json]],
    model: str,
    tokens: tuple[int, int],
    parsed: BaseModel | None = None,
) -> Json:
    told: Json = {
        "text": text,
        "stop": stop,
        "calls": [turn for turn in calls if turn],
        "model": model,
        "tokens": {"input": tokens[0], "output": tokens[1]},
    }
    if parsed is not None:
        told["parsed"] = parsed.model_dump()
    return told


def outcome_of_error(error: Exception) -> Json:
    status = getattr(error, "status_code", None)
    told = outcome("", None, [], "", (0, 0))
    told["error"] = {
        "name": type(error).__name__,
        "status": status if isinstance(status, int) else 0,
        "message": str(error),
    }
    return told


def result_of(name: str) -> str:
    return f"Result of {name}."
