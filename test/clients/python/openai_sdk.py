"""OpenAI's SDK."""

import json
from collections.abc import Callable

import openai

from outcome import MAX_TOKENS, MOST_TURNS, Json, Place, outcome, result_of

VERSION = f"openai {openai.__version__}"


def ask(question: Json) -> Json:
    client = openai.OpenAI(
        base_url=f"{question['url']}/v1", api_key=question["key"], max_retries=question["retries"]
    )
    parameters: Json = {
        "model": question["model"],
        "max_completion_tokens": MAX_TOKENS,
        "messages": messages(question),
    }
    return converse(
        parameters,
        question,
        lambda: answer(client, question, parameters),
        lambda message: message.parsed,
    )


def converse(parameters: Json, question: Json, complete: Callable, parsed: Callable) -> Json:
    """Goes on until no tool is called. What libraries of OpenAI's wire have in common."""
    if "tools" in question:
        parameters["tools"] = functions(question)
    if question.get("structured"):
        parameters["response_format"] = Place
    calls = []
    for _ in range(MOST_TURNS):
        completion = complete()
        message = completion.choices[0].message
        made = message.tool_calls or []
        calls.append([{"name": call.function.name, "input": json.loads(call.function.arguments)} for call in made])
        if not made:
            break
        parameters["messages"].append(message)
        parameters["messages"] += [
            {"role": "tool", "tool_call_id": call.id, "content": result_of(call.function.name)} for call in made
        ]
    return outcome(
        message.content or "",
        completion.choices[0].finish_reason,
        calls,
        completion.model,
        (completion.usage.prompt_tokens, completion.usage.completion_tokens),
        parsed(message) if question.get("structured") else None,
    )


def answer(client: openai.OpenAI, question: Json, parameters: Json):
    completions = client.chat.completions
    if question["stream"]:
        with completions.stream(**parameters, stream_options={"include_usage": True}) as stream:
            return stream.get_final_completion()
    if question.get("structured"):
        return completions.parse(**parameters)
    return completions.create(**parameters)


def messages(question: Json) -> list[Json]:
    text = {"type": "text", "text": question["prompt"]}
    content: str | list[Json] = question["prompt"]
    if "image" in question:
        image = {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{question['image']}"}}
        content = [image, text]
    said = [{"role": "user", "content": content}]
    return [{"role": "system", "content": question["system"]}, *said] if "system" in question else said


def functions(question: Json) -> list[Json]:
    return [
        {
            "type": "function",
            "function": {"name": tool["name"], "description": tool["description"], "parameters": tool["schema"]},
        }
        for tool in question["tools"]
    ]
