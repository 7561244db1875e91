"""The anchor of the anchored networks; see `ZInterpolationLayer` in core/network/graph.ts."""

import torch


def z_interpolation(images):
    """Linear interpolation at DPM 0 between enclosing images of (m, batch, 2, y, x); see graph.ts."""
    intensity, distance = images[:, :, 0], images[:, :, 1]
    below = distance >= 0
    far = 1e6
    down = torch.where(below, distance, torch.full_like(distance, far))
    up = torch.where(below, torch.full_like(distance, far), -distance)
    lower_distance, lower = nearest_image(down, below, intensity)
    upper_distance, upper = nearest_image(up, ~below, intensity)
    has_lower, has_upper = below.any(0), (~below).any(0)
    share = upper_distance / (lower_distance + upper_distance)
    share = torch.where(has_lower & has_upper, share, has_lower.to(share))
    return (share * lower + (1 - share) * upper)[:, None]


def nearest_image(distance, allowed, intensity):
    smallest = distance.min(0).values
    chosen = ((distance == smallest) & allowed).to(intensity)
    return smallest, (chosen * intensity).sum(0) / chosen.sum(0).clamp(min=1)
