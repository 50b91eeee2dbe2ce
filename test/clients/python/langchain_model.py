"""A conversation with any of LangChain's chat models."""

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage

from outcome import MOST_TURNS, Json, Place, outcome, result_of


def converse(model: BaseChatModel, question: Json) -> Json:
    if question.get("structured"):
        return structured(model, question)
    runnable = model.bind_tools(tools(question)) if "tools" in question else model
    messages = first(question)
    calls = []
    for _ in range(MOST_TURNS):
        message = answer(runnable, messages, question["stream"])
        calls.append([{"name": call["name"], "input": call["args"]} for call in message.tool_calls])
        if not message.tool_calls:
            break
        messages.append(message)
        messages += [ToolMessage(result_of(call["name"]), tool_call_id=call["id"]) for call in message.tool_calls]
    told = message.response_metadata
    usage = message.usage_metadata or {"input_tokens": 0, "output_tokens": 0}
    return outcome(
        message.text,
        told.get("stop_reason") or told.get("finish_reason"),
        calls,
        told.get("model_name") or told.get("model", ""),
        (usage["input_tokens"], usage["output_tokens"]),
    )


def answer(runnable, messages: list, stream: bool) -> AIMessage:
    if not stream:
        return runnable.invoke(messages)
    whole = None
    for chunk in runnable.stream(messages):
        whole = chunk if whole is None else whole + chunk
    return whole


def structured(model: BaseChatModel, question: Json) -> Json:
    asked = model.with_structured_output(Place, method="json_schema", include_raw=True)
    seen: Json = {}
    if question["stream"]:
        for part in asked.stream(first(question)):
            seen.update(part)
    else:
        seen = asked.invoke(first(question))
    raw = seen["raw"]
    told = raw.response_metadata
    usage = raw.usage_metadata
    return outcome(
        raw.text,
        told.get("stop_reason") or told.get("finish_reason"),
        [],
        told.get("model_name") or told.get("model", ""),
        (usage["input_tokens"], usage["output_tokens"]) if usage else (0, 0),
        seen["parsed"],
    )


def tools(question: Json) -> list[Json]:
    return [
        {"title": tool["name"], "description": tool["description"], **tool["schema"]} for tool in question["tools"]
    ]


def first(question: Json) -> list:
    content: list[Json] = [{"type": "text", "text": question["prompt"]}]
    if "image" in question:
        content.insert(0, {"type": "image", "base64": question["image"], "mime_type": "image/png"})
    said = [HumanMessage(content)]
    return [SystemMessage(question["system"]), *said] if "system" in question else said
