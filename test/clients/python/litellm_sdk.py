"""LiteLLM's SDK, which takes the gateway for a server of OpenAI's wire."""

import json
from importlib.metadata import version

import litellm

from openai_sdk import functions, messages
from outcome import MAX_TOKENS, MOST_TURNS, Json, Place, outcome, result_of

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
    if "tools" in question:
        parameters["tools"] = functions(question)
    if question.get("structured"):
        parameters["response_format"] = Place
    calls = []
    for _ in range(MOST_TURNS):
        completion = answer(question, parameters)
        message = completion.choices[0].message
        made = message.tool_calls or []
        calls.append([{"name": call.function.name, "input": json.loads(call.function.arguments)} for call in made])
        if not made:
            break
        parameters["messages"].append(message)
        parameters["messages"] += [
            {"role": "tool", "tool_call_id": call.id, "content": result_of(call.function.name)} for call in made
        ]
    text = message.content or ""
    return outcome(
        text,
        completion.choices[0].finish_reason,
        calls,
        completion.model,
        (completion.usage.prompt_tokens, completion.usage.completion_tokens),
        Place.model_validate_json(text) if question.get("structured") else None,
    )


def answer(question: Json, parameters: Json):
    if not question["stream"]:
        return litellm.completion(**parameters)
    chunks = list(litellm.completion(**parameters, stream=True, stream_options={"include_usage": True}))
    return litellm.stream_chunk_builder(chunks, messages=parameters["messages"])
