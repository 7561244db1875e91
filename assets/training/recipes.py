"""How networks are trained: losses with their weights, optimisers, schedules. Papers' recipes bear their names."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Recipe:
    # Weight of each term of the generator's loss; see `generatorLoss.py`.
    losses: dict
    # What the output is compared with: the "noisy" plane as it would be measured, or the "clean" one.
    target: str
    # Adam's rates; without a discriminator there is no adversarial term.
    rate: float
    discriminator: str | None = None
    discriminator_rate: float = 0.0
    # Updates of each network in one step, each with a batch of its own.
    generator_updates: int = 1
    discriminator_updates: int = 0
    # "constant", or "cosine": down to 1 % at the end of the run.
    schedule: str = "constant"
    warm_up_steps: int = 0
    # Limit on the norm of all gradients together, None for no limit.
    gradient_limit: float | None = None
    # Whether batch normalisation keeps its statistics, as it does when the network is used, instead of taking
    # those of each batch; for networks that begin with the weights of an earlier run.
    fixed_statistics: bool = False
    # Decay of the averaged weights that are validated and kept; 0 keeps the weights themselves.
    average_decay: float = 0.0
    validate_every: int = 500
    # The figure of the validation that chooses the weights to keep; "mae" is better when lower.
    judge: str = "psnr"


# Ours. Measured in 22 minutes on two cores: 4.1 dB above linear interpolation.
ANCHORED = Recipe(
    losses={"berhu": 1.0},
    target="clean",
    rate=1.5e-3,
    schedule="cosine",
    warm_up_steps=100,
    gradient_limit=1.0,
    average_decay=0.998,
)

RECIPES = {
    "anchored": ANCHORED,
    # The same from trained weights: batch statistics are fixed, so that training sees what use will see.
    "anchored-fine": replace(ANCHORED, rate=7e-4, fixed_statistics=True),
    # For networks whose images are very good on some stacks and less so on others, as balls of light are: what errors
    # on the former cost is hardly seen by BerHu.
    "anchored-decibels": replace(ANCHORED, losses={"logarithmic": 1.0}, rate=7e-4, fixed_statistics=True),
    # Huang et al. 2021: 3 BerHu + (1 - MS-SSIM) + 0.5 (D(out) - 1)^2. The discriminator's rate and the
    # batch are those of the authors' public code.
    "recurrent-mz-paper": Recipe(
        losses={"berhu": 3.0, "msSsim": 1.0, "adversarial": 0.5},
        target="noisy",
        rate=1e-5,
        discriminator="recurrent-mz-discriminator",
        discriminator_rate=1e-6,
        discriminator_updates=1,
        validate_every=100,
    ),
    # Wu et al. 2019: 1/2 (D(out) - 1)^2 + 0.02 * 1/2 mean absolute error; six generator and three
    # discriminator updates a step; validation every 50 steps, best by mean absolute error.
    "deep-z-paper": Recipe(
        losses={"mae": 0.01, "adversarial": 0.5},
        target="noisy",
        rate=1e-4,
        discriminator="deep-z-discriminator",
        discriminator_rate=3e-5,
        generator_updates=6,
        discriminator_updates=3,
        validate_every=50,
        judge="mae",
    ),
    # The losses of WFCON-Net, (D(out) - 1)^2 + 2 L1 + 0.01 perceptual, with our features (see
    # losses/perceptual.py) and our schedule.
    "wfcon-losses": Recipe(
        losses={"mae": 2.0, "perceptual": 0.01, "adversarial": 1.0},
        target="clean",
        rate=1e-4,
        discriminator="deep-z-discriminator",
        discriminator_rate=1e-4,
        discriminator_updates=1,
    ),
}
