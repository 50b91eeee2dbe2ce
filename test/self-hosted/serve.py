"""llama.cpp's own HTTP server with the tiny model, until its input ends."""

import sys
import tempfile

import xllamacpp
from tiny_model import write_model

with tempfile.NamedTemporaryFile(suffix=".gguf") as model:
    write_model(model.name)
    params = xllamacpp.CommonParams()
    params.model.path = model.name
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = 16384
    params.n_parallel = 2
    params.cpuparams.n_threads = 1
    params.api_keys = ["a-key-of-the-test"]
    params.use_jinja = True
    params.model_alias = ["one-layer"]
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()
