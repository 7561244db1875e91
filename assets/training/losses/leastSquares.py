"""Least-squares adversarial losses (Mao et al. 2017, doi:10.1109/ICCV.2017.304): 1 is real, 0 is made."""


def generator_loss(made):
    """Mean of (D(made) - 1)^2; recipes hold the papers' factors."""
    return ((made - 1) ** 2).mean()


def discriminator_loss(made, real):
    """1/2 mean of D(made)^2 + 1/2 mean of (D(real) - 1)^2."""
    return (made**2).mean() / 2 + ((real - 1) ** 2).mean() / 2
