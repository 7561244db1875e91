"""Tests model packages as the BioImage Model Zoo does: testPackages.py RDF.yaml [RDF.yaml …] prints
[{"status", "steps": [{"name", "status", "errors"}]}] as JSON."""

import json
import sys

from bioimageio.core import test_model


def tested(path):
    summary = test_model(path)
    steps = [
        {
            "name": detail.name,
            "status": detail.status,
            "errors": [error.msg for error in detail.errors],
        }
        for detail in summary.details
    ]
    return {"status": summary.status, "steps": steps}


print(json.dumps([tested(path) for path in sys.argv[1:]]))
