"""Anthropic's SDK and Message Batches, a step at a time, as its manual has them."""

import anthropic
from anthropic.types.message_create_params import MessageCreateParamsNonStreaming
from anthropic.types.messages.batch_create_params import Request

from outcome import Json

VERSION = f"anthropic {anthropic.__version__}, batches"


def ask(question: Json) -> Json:
    client = anthropic.Anthropic(base_url=question["url"], api_key=question["key"], max_retries=0)
    return STEPS[question["step"]](client.messages.batches, question)


def create(batches, question: Json) -> Json:
    requests = [
        Request(
            custom_id=f"r{at}",
            params=MessageCreateParamsNonStreaming(
                model=question["model"],
                max_tokens=64,
                messages=[{"role": "user", "content": f"I am r{at}"}],
            ),
        )
        for at in range(question["count"])
    ]
    return {"id": batches.create(requests=requests).id}


def retrieve(batches, question: Json) -> Json:
    batch = batches.retrieve(question["id"])
    return {"status": batch.processing_status, "counts": batch.request_counts.to_dict()}


def results(batches, question: Json) -> Json:
    entries = list(batches.results(question["id"]))
    return {"results": [f"{entry.custom_id} {entry.result.type}" for entry in entries]}


def ids(batches, question: Json) -> Json:
    return {"ids": [batch.id for batch in batches.list(limit=1)]}


def cancel(batches, question: Json) -> Json:
    return {"status": batches.cancel(question["id"]).processing_status}


def delete(batches, question: Json) -> Json:
    return {"type": batches.delete(question["id"]).type}


STEPS = {each.__name__: each for each in (create, retrieve, results, ids, cancel, delete)}
