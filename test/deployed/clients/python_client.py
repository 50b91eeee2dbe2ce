"""The official SDK for Python, for the checks: one question as JSON a line on stdin, one outcome as JSON a line on stdout."""

import json
import sys
import time
from typing import Any

import anthropic

Json = dict[str, Any]


def ask(question: Json) -> Json:
    client = anthropic.Anthropic(base_url=question["url"], api_key=question["key"], max_retries=0)
    parameters = {
        "model": question["model"],
        "max_tokens": 1024,
        "messages": [{"role": "user", "content": question["prompt"]}],
        "extra_headers": question["headers"],
    }
    outcome: Json = {"text": "", "stopReason": None, "headers": {}, "arrivals": []}
    try:
        if question["stream"]:
            stream(client, parameters, outcome)
        else:
            raw = client.messages.with_raw_response.create(**parameters)
            message = raw.parse()
            outcome["headers"] = dict(raw.headers)
            outcome["text"] = "".join(block.text for block in message.content if block.type == "text")
            outcome["stopReason"] = message.stop_reason
    except Exception as error:  # A connection that breaks inside a stream comes as an error of the HTTP library.
        outcome["error"] = error_of(error)
        if isinstance(error, anthropic.APIStatusError):
            outcome["headers"] = dict(error.response.headers)
    return outcome


def stream(client: anthropic.Anthropic, parameters: Json, outcome: Json) -> None:
    start = None
    with client.messages.stream(**parameters) as events:
        outcome["headers"] = dict(events.response.headers)
        for text in events.text_stream:
            now = time.monotonic()
            start = start or now
            outcome["text"] += text
            outcome["arrivals"].append((now - start) * 1000)
        outcome["stopReason"] = events.get_final_message().stop_reason


def error_of(error: Exception) -> Json:
    body = getattr(error, "body", None)
    body = body if isinstance(body, dict) else {}
    # The 200 of a stream that brought an error is not its status.
    status = getattr(error, "status_code", 0)
    return {
        "name": type(error).__name__,
        "status": 0 if status == 200 else status,
        "type": body.get("error", {}).get("type", ""),
        "message": str(error),
        "requestId": body.get("request_id") or getattr(error, "request_id", None),
    }


def main() -> None:
    print(json.dumps(anthropic.__version__), flush=True)
    for line in sys.stdin:
        print(json.dumps(ask(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
