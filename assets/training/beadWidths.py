"""Lateral widths of beads in refocused planes beside those in the true ones."""

import numpy
from scipy import ndimage, optimize

WINDOW_PX = 15
FWHM_PER_SIGMA = 2 * (2 * numpy.log(2)) ** 0.5
# A bead counts when it stands this far above the background of its stack, in standard deviations.
LEAST_CONTRAST = 6
LEAST_FIT = 0.9


def bead_centres(clean, planes):
    """
    (z, y, x) of isolated beads of a noise-free volume that are brightest in one of `planes`: local maxima
    whose window holds no other.
    """
    background, spread = numpy.median(clean), clean.std()
    highest = ndimage.maximum_filter(clean, (7, 5, 5)) == clean
    peaks = numpy.argwhere(highest & (clean > background + LEAST_CONTRAST * spread))
    kept, reach = [], WINDOW_PX // 2
    for peak in peaks:
        lateral = numpy.abs(peaks[:, 1:] - peak[1:]).max(1)
        inside = (peak[1:] >= reach).all() and (peak[1:] < numpy.array(clean.shape[1:]) - reach).all()
        if peak[0] in planes and inside and (lateral <= WINDOW_PX).sum() == 1:
            kept.append(tuple(int(value) for value in peak))
    return kept


def lateral_fwhm_px(plane, y, x):
    """
    Full width at half maximum of the bead at (y, x) in a plane, in pixels: mean of x and y of a fitted
    two-dimensional Gaussian with a background; NaN where the fit explains less than 90 %.
    """
    reach = WINDOW_PX // 2
    window = plane[y - reach : y + reach + 1, x - reach : x + reach + 1].astype("f8")
    rows, columns = numpy.indices(window.shape) - reach

    def model(values):
        height, base, row, column, sigma_y, sigma_x = values
        squares = ((rows - row) / sigma_y) ** 2 + ((columns - column) / sigma_x) ** 2
        return base + height * numpy.exp(-squares / 2)

    base = float(numpy.median(window))
    start = [window[reach, reach] - base, base, 0, 0, 2, 2]
    scale = max(abs(start[0]), 1e-9)
    fit = optimize.least_squares(lambda v: (model(v) - window).ravel() / scale, start, method="lm")
    explained = 1 - ((model(fit.x) - window) ** 2).sum() / ((window - window.mean()) ** 2).sum()
    sigmas = numpy.abs(fit.x[4:])
    sound = fit.success and explained >= LEAST_FIT and (sigmas < reach).all()
    return float(FWHM_PER_SIGMA * sigmas.mean()) if sound else float("nan")


def bead_widths(volume, cases, inputs, targets):
    """
    FWHM in pixels of each bead that is in focus in a target plane: one dictionary a bead, with `truth` and
    each case of `evaluation.py`.
    """
    centres = bead_centres(volume.clean, set(targets))
    widths = []
    for z in sorted({centre[0] for centre in centres}):
        images = {name: run(volume, inputs, z) for name, run in cases.items()}
        images["truth"] = volume.clean[z]
        for _, y, x in (centre for centre in centres if centre[0] == z):
            widths.append({name: lateral_fwhm_px(image, y, x) for name, image in images.items()})
    return widths
