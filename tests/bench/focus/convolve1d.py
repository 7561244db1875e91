"""Time that the filters of each method of extended depth of field take in scipy.ndimage.convolve1d, in float64.

Reads the name of a method from standard input, one a line, filters all planes once as that method does,
and prints the seconds by the clock and those of the processor.
Arguments: width, height, planes, and the wavelet taps as JSON {"re": [...], "im": [...]}.

Only filters count: what is done besides (products, choices, reassignment, differences along diagonals,
the membrane of focus-surface) is left out here but not in the time it is compared with.
"""

import json
import resource
import sys
import time

import numpy
from scipy.ndimage import convolve1d

WIDTH, HEIGHT, PLANES = (int(text) for text in sys.argv[1:4])
TAPS = json.loads(sys.argv[4])
LOW = numpy.array(TAPS["re"]) + 1j * numpy.array(TAPS["im"])
HIGH = (-1.0) ** numpy.arange(LOW.size) * LOW.conj()
NARROW = numpy.array([1, 2, 1]) / 4
WIDE = numpy.array([1, 6, 15, 20, 15, 6, 1]) / 64
CENTRAL = numpy.array([1, 0, -1]) / 2
WINDOW = numpy.ones(5)


def both(image, taps):
    return convolve1d(convolve1d(image, taps, 1, mode="mirror"), taps, 0, mode="mirror")


def gradient(image, smooth=None):
    for axis in (0, 1):
        slope = convolve1d(image, CENTRAL, axis, mode="mirror")
        if smooth is not None:
            convolve1d(slope, smooth, 1 - axis, mode="mirror")


def filtered(samples, taps, axis):
    """Complex taps as real convolutions, of which every second result is kept."""
    keep = (slice(None), slice(None, None, 2)) if axis == 1 else (slice(None, None, 2),)
    real = convolve1d(samples.real, taps.real, axis, mode="wrap")
    imaginary = convolve1d(samples.real, taps.imag, axis, mode="wrap")
    if numpy.iscomplexobj(samples):
        real -= convolve1d(samples.imag, taps.imag, axis, mode="wrap")
        imaginary += convolve1d(samples.imag, taps.real, axis, mode="wrap")
    return (real + 1j * imaginary)[keep]


def complex_wavelet(samples):
    """The forward transform, once; the method needs most of it twice."""
    while min(samples.shape) > 1:
        low, high = filtered(samples, LOW, 1), filtered(samples, HIGH, 1)
        for band in (high,):
            filtered(band, LOW, 0), filtered(band, HIGH, 0)
        filtered(low, HIGH, 0)
        samples = filtered(low, LOW, 0)


def variance(plane):
    both(plane, WINDOW)
    both(plane * plane, WINDOW)


def sobel(plane):
    gradient(plane, smooth=numpy.array([1, 2, 1]))


def laplacian(plane):
    curvature = sum(convolve1d(plane, [1, -2, 1], axis, mode="mirror") for axis in (0, 1))
    both(curvature * curvature, WINDOW)


def focus_bands(plane):
    finer = both(plane, NARROW)
    gradient(finer)
    coarser = both(finer[::2, ::2], NARROW)
    gradient(coarser)
    gradient(both(coarser, WIDE))
    return coarser


def focus_surface(plane):
    sharpness = both(both(focus_bands(plane), NARROW), WIDE)
    while min(sharpness.shape) > 64:
        sharpness = both(sharpness[::2, ::2], WIDE)


def focus_surface_stack(planes):
    """The survey of eight planes (half the rows of 512), the search, and what is judged once for the stack."""
    for plane in planes[:8]:
        focus_bands(plane[:256])
    for plane in planes:
        focus_surface(plane)
    half = planes[0][::2, ::2]
    for _ in range(4 * 2 + 4):
        both(half, WIDE)


def each(method):
    def all_planes(planes):
        for plane in planes:
            method(plane)

    return all_planes


METHODS = {
    "complexWavelet": each(complex_wavelet),
    "focusSurface": focus_surface_stack,
    "variance": each(variance),
    "sobel": each(sobel),
    "laplacian": each(laplacian),
}
stack = numpy.random.default_rng(1).random((PLANES, HEIGHT, WIDTH))
for line in sys.stdin:
    method = METHODS[line.strip()]
    start, start_processor = time.perf_counter(), time.process_time()
    method(stack)
    times = time.perf_counter() - start, time.process_time() - start_processor
    print(*times, 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, flush=True)
