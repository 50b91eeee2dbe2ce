"""Anthropic's SDK."""

import anthropic

from outcome import MAX_TOKENS, MOST_TURNS, Json, Place, outcome, result_of

VERSION = f"anthropic {anthropic.__version__}"


def ask(question: Json) -> Json:
    client = anthropic.Anthropic(
        base_url=question["url"], api_key=question["key"], max_retries=question["retries"]
    )
    parameters: Json = {"model": question["model"], "max_tokens": MAX_TOKENS, "messages": [first(question)]}
    if "system" in question:
        parameters["system"] = question["system"]
    if "tools" in question:
        parameters["tools"] = [
            {"name": tool["name"], "description": tool["description"], "input_schema": tool["schema"]}
            for tool in question["tools"]
        ]
    if question.get("structured"):
        parameters["output_format"] = Place
    calls = []
    for _ in range(MOST_TURNS):
        message = answer(client, question, parameters)
        made = [block for block in message.content if block.type == "tool_use"]
        calls.append([{"name": block.name, "input": block.input} for block in made])
        if not made:
            break
        results = [
            {"type": "tool_result", "tool_use_id": block.id, "content": result_of(block.name)} for block in made
        ]
        parameters["messages"] += [
            {"role": "assistant", "content": message.content},
            {"role": "user", "content": results},
        ]
    return outcome(
        "".join(block.text for block in message.content if block.type == "text"),
        message.stop_reason,
        calls,
        message.model,
        (message.usage.input_tokens, message.usage.output_tokens),
        message.parsed_output if question.get("structured") else None,
    )


def answer(client: anthropic.Anthropic, question: Json, parameters: Json):
    if question["stream"]:
        with client.messages.stream(**parameters) as stream:
            return stream.get_final_message()
    if question.get("structured"):
        return client.messages.parse(**parameters)
    return client.messages.create(**parameters)


def first(question: Json) -> Json:
    text = {"type": "text", "text": question["prompt"]}
    if "image" not in question:
        return {"role": "user", "content": [text]}
    source = {"type": "base64", "media_type": "image/png", "data": question["image"]}
    return {"role": "user", "content": [{"type": "image", "source": source}, text]}
