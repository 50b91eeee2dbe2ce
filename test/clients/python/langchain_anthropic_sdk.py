"""LangChain with its integration of Anthropic."""

from importlib.metadata import version

from langchain_anthropic import ChatAnthropic

from langchain_model import converse
from outcome import MAX_TOKENS, Json

VERSION = f"langchain-anthropic {version('langchain-anthropic')}"


def ask(question: Json) -> Json:
    model = ChatAnthropic(
        model=question["model"],
        base_url=question["url"],
        api_key=question["key"],
        max_retries=question["retries"],
        max_tokens=MAX_TOKENS,
    )
    return converse(model, question)
