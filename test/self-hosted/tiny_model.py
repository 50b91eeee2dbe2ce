"""A language model of a few kilobytes in GGUF: after each token it knows one that follows. It says one sentence, and under a
grammar it closes what it opens. Its weights are written here, so that nothing has to be downloaded."""

import numpy
from gguf import GGUFWriter, TokenType

# What it says, each word a token of its own; the answer begins after a line's end and ends by the last of them.
SENTENCE = ["I", " am", " a", " model", " of", " one", " layer", "."]
SPECIAL = ["<|im_start|>", "<|im_end|>"]
# What comes where a grammar does not let the answer end: the call that it waits for.
CALL = "<tool_call>"

TEMPLATE = """{%- if tools %}{{- '<|im_start|>system\\n' }}
{%- if messages[0].role == 'system' %}{{- messages[0].content + '\\n\\n' }}{%- endif %}
{{- '# Tools\\n<tools>' }}{%- for tool in tools %}{{- '\\n' }}{{- tool | tojson }}{%- endfor %}
{{- '\\n</tools>\\n<tool_call>\\n{"name": <function-name>, "arguments": <args-json-object>}\\n</tool_call><|im_end|>\\n' }}
{%- elif messages[0].role == 'system' %}{{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}{%- endif %}
{%- for message in messages %}
{%- if message.role == 'user' or (message.role == 'system' and not loop.first) %}
{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}
{%- elif message.role == 'assistant' %}
{{- '<|im_start|>assistant\\n' }}{%- if message.content %}{{- message.content }}{%- endif %}
{%- for call in message.tool_calls or [] %}
{{- '<tool_call>\\n{"name": "' + call.function.name + '", "arguments": ' }}
{%- if call.function.arguments is string %}{{- call.function.arguments }}{%- else %}{{- call.function.arguments | tojson }}{%- endif %}
{{- '}\\n</tool_call>' }}{%- endfor %}{{- '<|im_end|>\\n' }}
{%- elif message.role == 'tool' %}
{{- '<|im_start|>user\\n<tool_response>\\n' + message.content + '\\n</tool_response><|im_end|>\\n' }}
{%- endif %}{%- endfor %}
{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}"""


def as_letters() -> list[str]:
    """Bytes as GPT-2's vocabulary writes them."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = iter(range(256, 512))
    return [chr(byte) if byte in plain else chr(next(others)) for byte in range(256)]


def write_model(path: str) -> None:
    letters = as_letters()
    words = ["".join(letters[byte] for byte in word.encode()) for word in SENTENCE if len(word) > 1]
    vocabulary = [*letters, "th", CALL, *words, *SPECIAL]
    place = {token: index for index, token in enumerate(vocabulary)}
    size = 320  # a whole number of heads, and no less than the vocabulary

    follows = numpy.zeros((len(vocabulary), size), dtype=numpy.float32)
    follows[128:256, :] = -1  # no half of a character
    for closing in '"}]':
        follows[place[closing], :] = 0.3
    chain = [letters[10], *("".join(letters[byte] for byte in word.encode()) for word in SENTENCE), "<|im_end|>"]
    for before, after in zip(chain, chain[1:]):
        follows[place[after], place[before]] = 1
    follows[place[CALL], place[SENTENCE[-1]]] = 0.6
    follows[place[letters[10]], place[CALL]] = 1
    follows[place["<|im_end|>"], place[">"]] = 1

    writer = GGUFWriter(path, "llama")
    writer.add_name("one-layer")
    writer.add_context_length(8192)
    writer.add_embedding_length(size)
    writer.add_block_count(1)
    writer.add_feed_forward_length(32)
    writer.add_head_count(4)
    writer.add_head_count_kv(4)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(vocabulary)
    types = [TokenType.CONTROL if token in SPECIAL else TokenType.NORMAL for token in vocabulary]
    writer.add_token_types(types)
    writer.add_token_merges(["t h"])
    writer.add_eos_token_id(place["<|im_end|>"])
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)

    def tensor(name: str, *shape: int) -> None:
        writer.add_tensor(name, numpy.zeros(shape, dtype=numpy.float32))

    writer.add_tensor("token_embd.weight", numpy.eye(len(vocabulary), size, dtype=numpy.float32))
    writer.add_tensor("output.weight", follows)
    for norm in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        writer.add_tensor(f"{norm}.weight", numpy.ones(size, dtype=numpy.float32))
    for projection in ("q", "k", "v", "output"):
        tensor(f"blk.0.attn_{projection}.weight", size, size)
    tensor("blk.0.ffn_gate.weight", 32, size)
    tensor("blk.0.ffn_up.weight", 32, size)
    tensor("blk.0.ffn_down.weight", size, 32)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
