"""The other side of the comparisons: scipy, scikit-image and numpy, one thread.

Arguments and protocol as in ourJobs.ts; a median also gets the half widths of its disc from standard
input, as the first line.
"""
import json
import resource
import sys
import time

import numpy
from scipy import ndimage
from skimage import filters, restoration

JOB, FILE = sys.argv[1:3]
WIDTH, HEIGHT, PLANES = (int(text) for text in sys.argv[3:6])
NAME, HOW = (JOB.split() + [''])[:2]
stack = numpy.fromfile(FILE, '<u2').reshape(PLANES, HEIGHT, WIDTH)
PROJECTIONS = {
    'max': lambda: stack.max(0),
    'mean': lambda: stack.mean(0, dtype=float).astype('f4'),
    'std': lambda: stack.std(0, ddof=1, dtype=float).astype('f4'),
    'median': lambda: numpy.median(stack, 0),
}


def disc(reach):
    radius, widest = len(reach) - 1, max(reach)
    footprint = numpy.zeros((2 * radius + 1, 2 * widest + 1), bool)
    for dy in range(-radius, radius + 1):
        half = reach[abs(dy)]
        footprint[dy + radius, widest - half:widest + half + 1] = True
    return footprint


def prepared():
    if NAME == 'threshold':
        method = getattr(filters, f'threshold_{HOW}')
        return lambda: method(stack)
    if NAME == 'project':
        return PROJECTIONS[HOW]
    image = stack[0].astype('f4')
    if NAME == 'normalise':
        return lambda: normalised(image)
    if NAME == 'blur':
        return lambda: ndimage.gaussian_filter(image, float(HOW), mode='nearest', truncate=4)
    if NAME == 'rolling-ball':
        return lambda: restoration.rolling_ball(image, radius=float(HOW), workers=1)
    footprint = disc(json.loads(sys.stdin.readline()))
    return lambda: ndimage.median_filter(image, footprint=footprint, mode='nearest')


def normalised(image):
    bright = image > filters.threshold_triangle(image.astype('u2'))
    offset = image[~bright].mean(dtype=float)
    scale = numpy.percentile(image[bright], 99) - offset
    return ((image - offset) / scale).astype('f4')


run = prepared()
for line in sys.stdin:
    start = time.process_time()
    run()
    seconds = time.process_time() - start
    print(seconds, 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, flush=True)
