"""Times pystackreg on a stack: stackreg.py FRAMES.raw COUNT SIDE; a model name a line on standard
input gives the seconds of one registration and transformation to the previous frame, and the largest
memory in bytes."""

import resource
import sys
import time

import numpy
from pystackreg import StackReg

FILE, COUNT, SIDE = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
MODELS = {
    "translation": StackReg.TRANSLATION,
    "rigid": StackReg.RIGID_BODY,
    "scaled-rotation": StackReg.SCALED_ROTATION,
    "affine": StackReg.AFFINE,
}

stack = numpy.fromfile(FILE, "<f4").reshape(COUNT, SIDE, SIDE).astype(float)
for line in sys.stdin:
    start = time.perf_counter()
    StackReg(MODELS[line.strip()]).register_transform_stack(stack, reference="previous")
    seconds = time.perf_counter() - start
    print(seconds, 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, flush=True)
