"""
Multi-scale structural similarity (Wang, Simoncelli & Bovik 2003, doi:10.1109/ACSSC.2003.1292216),
computed as TensorFlow does, which the papers used: Gaussian window of 11 px and sigma 1.5 over the part of
the image that it fits in, K = 0.01 and 0.03, means of 2 x 2 px between scales.
"""

import torch
import torch.nn.functional as functional

WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)
WINDOW, SIGMA = 11, 1.5
K1, K2 = 0.01, 0.03
# Negative similarity counts as none; the slope of a power at zero is infinite, so "none" is not quite zero.
LEAST = 1e-6


def ms_ssim(image, target, data_range=1.0):
    """
    Mean similarity of images (batch, 1, y, x). Images too small for five scales (below 176 px) get as many
    as the window fits in, with the weights of those scaled to the sum of all five.
    """
    count = scales_that_fit(min(image.shape[-2:]))
    weights = [weight * sum(WEIGHTS) / sum(WEIGHTS[:count]) for weight in WEIGHTS[:count]]
    result = 1
    for scale, weight in enumerate(weights):
        if scale > 0:
            image, target = halve(image), halve(target)
        whole, contrast = similarity(image, target, data_range)
        mean = (whole if scale == count - 1 else contrast).mean((1, 2, 3))
        result = result * mean.clamp(min=LEAST) ** weight
    return result.mean()


def scales_that_fit(side):
    if side < WINDOW:
        raise ValueError(f"Structural similarity needs at least {WINDOW} px, not {side}.")
    return max(n for n in range(1, len(WEIGHTS) + 1) if side >= WINDOW * 2 ** (n - 1))


def similarity(image, target, data_range):
    """SSIM and its contrast-structure part, per pixel (population covariance)."""
    c1, c2 = (K1 * data_range) ** 2, (K2 * data_range) ** 2
    count = len(image)
    blurred = blur(torch.cat([image, target, image**2 + target**2, image * target]))
    mean_image, mean_target, squares, products = blurred.split(count)
    mean_product = mean_image * mean_target
    mean_squares = mean_image**2 + mean_target**2
    contrast = (2 * (products - mean_product) + c2) / (squares - mean_squares + c2)
    return contrast * (2 * mean_product + c1) / (mean_squares + c1), contrast


def blur(images):
    position = torch.arange(WINDOW, dtype=images.dtype, device=images.device) - WINDOW // 2
    window = torch.exp(-(position**2) / (2 * SIGMA**2))
    window = window / window.sum()
    rows = functional.conv2d(images, window.view(1, 1, 1, -1))
    return functional.conv2d(rows, window.view(1, 1, -1, 1))


def halve(images):
    """Means of 2 x 2 px; an odd side is mirrored by one pixel first."""
    odd = (0, images.shape[-1] % 2, 0, images.shape[-2] % 2)
    return functional.avg_pool2d(functional.pad(images, odd, mode="replicate"), 2)
