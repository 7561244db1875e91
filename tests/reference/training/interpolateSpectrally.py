"""Prints, as JSON, the planes that assets/training/spectralInterpolation.py makes of the request in a JSON file."""

import json
import sys
from pathlib import Path

import numpy

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "assets" / "training"))
from spectralInterpolation import SpectralInterpolation  # noqa: E402

request = json.loads(Path(sys.argv[1]).read_text())
images = numpy.array(request["images"], "f4").reshape(-1, request["height"], request["width"])
interpolation = SpectralInterpolation(request["correlation"])
planes = [interpolation(images, request["zUm"], target) for target in request["targetsUm"]]
print(json.dumps([plane.ravel().tolist() for plane in planes]))
