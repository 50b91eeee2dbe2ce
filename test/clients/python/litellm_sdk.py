"""LiteLLM's SDK, which takes the gateway for a server of OpenAI's wire."""

from importlib.metadata import version

import litellm

from openai_sdk import converse, messages
from outcome import MAX_TOKENS, Json, Place

VERSION = f"litellm {version('litellm')}"

litellm.telemetry = False
litellm.suppress_debug_info = True


def ask(question: Json) -> Json:
    parameters: Json = {
        "model": f"openai/{question['model']}",
        "api_base": f"{question['url']}/v1",
        "api_key": question["key"],
        "max_retries": question["retries"],
        "max_tokens": MAX_TOKENS,
        "messages": messages(question),
    }
    return converse(
        parameters,
        question,
        lambda: answer(question, parameters),
        lambda message: Place.model_validate_json(message.content),
    )


def answer(question: Json, parameters: Json):
    if not question["stream"]:
        return litellm.completion(**parameters)
    chunks = list(litellm.completion(**parameters, stream=True, stream_options={"include_usage": True}))
    return litellm.stream_chunk_builder(chunks, messages=parameters["messages"])
