"""Reads and writes safetensors files: a JSON header with shapes and offsets, then the raw values."""

import json
import struct

import numpy
import torch

NAMES = {torch.float32: "F32", torch.float16: "F16"}
TYPES = {"F32": numpy.float32, "F16": numpy.float16}


def rounded(tensors):
    """
    Kernels in half precision, for files of half the size; lists of one number a channel, which weigh
    nothing and reach below what a half can hold, as they are.
    """
    return {name: value.half() if value.dim() > 1 else value for name, value in tensors.items()}


def save(path, tensors, metadata=None):
    header, blocks, offset = {}, [], 0
    if metadata:
        header["__metadata__"] = metadata
    for name, tensor in tensors.items():
        block = tensor.detach().cpu().contiguous().numpy().tobytes()
        header[name] = {
            "dtype": NAMES[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + len(block)],
        }
        blocks.append(block)
        offset += len(block)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blocks))


def load(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        values = numpy.frombuffer(data[start:end], TYPES[entry["dtype"]])
        tensors[name] = torch.from_numpy(values.reshape(entry["shape"]).copy())
    return tensors
