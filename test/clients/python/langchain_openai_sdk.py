"""LangChain with its integration of OpenAI."""

from importlib.metadata import version

from langchain_openai import ChatOpenAI

from langchain_model import converse
from outcome import MAX_TOKENS, Json

VERSION = f"langchain-openai {version('langchain-openai')}"


def ask(question: Json) -> Json:
    model = ChatOpenAI(
        model=question["model"],
        base_url=f"{question['url']}/v1",
        api_key=question["key"],
        max_retries=question["retries"],
        max_tokens=MAX_TOKENS,
        stream_usage=True,
    )
    return converse(model, question)
