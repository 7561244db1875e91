"""Runs packages as bioimageio.core does on their own test input: predictZoo.py RDF.yaml [RDF.yaml …]
prints the samples of each result as a JSON list of lists."""

import json
import sys

import numpy as np
from bioimageio.core import load_model_description, predict


def predicted(path):
    model = load_model_description(path, perform_io_checks=False)
    source = np.load(path.replace("rdf.yaml", "in.npy"))
    name = model.inputs[0].id if hasattr(model.inputs[0], "id") else model.inputs[0].name
    result = predict(model=model, inputs={name: source})
    (made,) = result.members.values()
    return np.asarray(made.data.values, np.float64).ravel().tolist()


print(json.dumps([predicted(path) for path in sys.argv[1:]]))
