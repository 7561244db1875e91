"""How the learning rate changes in a run."""

import math

LEAST_SHARE = 0.01


def learning_rate(recipe, rate, step, progress):
    """Warm-up by steps, then the recipe's course; `progress` is the share of the run that is over."""
    warm = min(1.0, (step + 1) / recipe.warm_up_steps) if recipe.warm_up_steps else 1.0
    if recipe.schedule == "constant":
        return rate * warm
    cosine = 0.5 * (1 + math.cos(math.pi * min(progress, 1.0)))
    return rate * warm * max(cosine, LEAST_SHARE)
