"""Runs one library: its name as the argument, a question as JSON a line on stdin, an outcome as JSON a line on stdout."""

import functools
import importlib
import json
import ssl
import sys
import warnings

from outcome import Json, outcome_of_error


# Every new client reads all certificates of the machine, a tenth of a second, though nothing here is encrypted.
ssl.create_default_context = functools.cache(ssl.create_default_context)

# OpenAI's SDK parses into types that its own models do not expect.
warnings.filterwarnings("ignore", message="Pydantic serializer warnings")


def main() -> None:
    library = importlib.import_module(sys.argv[1])
    print(json.dumps(library.VERSION), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(library, json.loads(line))), flush=True)


def answer(library, question: Json) -> Json:
    try:
        return library.ask(question)
    except Exception as error:  # Whatever a user of the library would have to catch.
        return outcome_of_error(error)


if __name__ == "__main__":
    main()
