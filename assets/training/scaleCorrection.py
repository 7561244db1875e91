"""
Scales what a trained network adds to its anchor.

    python3 scaleCorrection.py WEIGHTS.safetensors 0.15 SCALED.safetensors

The least square error wants structure blurred by as much as its place is uncertain. Where widths matter as well, as for
beads, less of the correction is better; how much less is found on held-out stacks.
"""

import argparse

import safetensors

LAST = "prediction."


def scaled(weights, share):
    """The weights of an anchored network, with the last convolution (`anchoredHead.ts`) times `share`."""
    if not any(name.startswith(LAST) for name in weights):
        raise ValueError("The network has no prediction that could be scaled.")
    return {name: share * value if name.startswith(LAST) else value for name, value in weights.items()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("weights")
    parser.add_argument("share", type=float)
    parser.add_argument("output")
    options = parser.parse_args()
    safetensors.save(options.output, scaled(safetensors.load(options.weights), options.share))


if __name__ == "__main__":
    main()
