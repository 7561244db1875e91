"""Time of the forward complex wavelet transform of each plane, by scipy.ndimage.convolve1d in float64.

Reads commands from standard input, one a line: "run" times all planes once and prints seconds.
Arguments: width, height, planes, and the taps as JSON {"re": [...], "im": [...]}.
"""

import json
import sys
import time

import numpy
from scipy.ndimage import convolve1d

WIDTH, HEIGHT, PLANES = (int(text) for text in sys.argv[1:4])
TAPS = json.loads(sys.argv[4])
LOW = numpy.array(TAPS["re"]) + 1j * numpy.array(TAPS["im"])
HIGH = (-1.0) ** numpy.arange(LOW.size) * LOW.conj()


def filtered(samples, taps, axis):
    """Complex taps as real convolutions, of which every second result is kept."""
    keep = (slice(None), slice(None, None, 2)) if axis == 1 else (slice(None, None, 2),)
    real = convolve1d(samples.real, taps.real, axis, mode="wrap")
    imaginary = convolve1d(samples.real, taps.imag, axis, mode="wrap")
    if numpy.iscomplexobj(samples):
        real -= convolve1d(samples.imag, taps.imag, axis, mode="wrap")
        imaginary += convolve1d(samples.imag, taps.real, axis, mode="wrap")
    return (real + 1j * imaginary)[keep]


def transform(samples):
    while min(samples.shape) > 1:
        low, high = filtered(samples, LOW, 1), filtered(samples, HIGH, 1)
        for band in (high,):
            filtered(band, LOW, 0), filtered(band, HIGH, 0)
        filtered(low, HIGH, 0)
        samples = filtered(low, LOW, 0)


stack = numpy.random.default_rng(1).random((PLANES, HEIGHT, WIDTH))
for line in sys.stdin:
    start = time.perf_counter()
    for plane in stack:
        transform(plane)
    print(time.perf_counter() - start, flush=True)
