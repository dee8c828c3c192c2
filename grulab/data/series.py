"""Series of numbers over time: three from a formula or a seed, one counted in the sky, one from the sea."""

import numpy as np

from grulab.arguments import check_number, check_room, check_size, generator


def sine(n=1_000, end=100.0):
    """Return ``n`` values of the sine (n,), at equal distances from 0 to ``end`` radians, both included."""
    end = float(check_number("end", end))
    return np.sin(np.linspace(0, end, check_size("n", n, 2)))


def rising_wave(n=500, period=25, slope=0.02, noise=0.1, seed=0):
    """Return a wave on a trend (n,): ``slope`` a step, a sine of height 1, and normal noise.

    ``period`` is the length of the wave in steps, ``noise`` the deviation of the noise. A period that is not
    positive, or a negative noise, is a ``ValueError``.
    """
    period, slope, noise = (
        float(check_number(name, value))
        for name, value in (("period", period), ("slope", slope), ("noise", noise))
    )
    if period <= 0 or noise < 0:
        raise ValueError(f"period must be positive and noise at least 0; given {period} and {noise}.")
    steps = np.arange(check_size("n", n, 1))
    rng = generator(seed)
    return slope * steps + np.sin(2 * np.pi * steps / period) + noise * rng.standard_normal(len(steps))


def random_walks(n, time_steps, seed=0):
    """Return ``n`` random walks (n, time_steps): each step adds a normal draw of mean 0 and deviation 1.

    The draws are independent, so no past says anything about the next step.
    """
    shape = check_size("n", n, 1), check_size("time_steps", time_steps, 1)
    check_room(n=shape[0], time_steps=shape[1])
    return np.cumsum(generator(seed).standard_normal(shape), axis=1)


def sunspots():
    """Return ``(years, numbers)``: the yearly sunspot number of 1700 to 2008, both (309,).

    The numbers come with statsmodels and are in the public domain.
    """
    # loaded here, since statsmodels takes seconds to import
    from statsmodels.datasets import sunspots as source

    table = source.load_pandas().data
    return table["YEAR"].to_numpy().astype(int), table["SUNACTIVITY"].to_numpy()


def sea_surface():
    """Return ``(months, degrees)``: the sea off Peru and Ecuador, January 1950 to December 2010, both (732,).

    ``months`` are dates of NumPy, ``degrees`` the mean temperature of the surface in degrees Celsius, in the
    region that the weather service of the United States calls Niño 1+2. The numbers come with statsmodels
    and are in the public domain.
    """
    from statsmodels.datasets import elnino as source

    table = source.load_pandas().data
    degrees = table.drop(columns="YEAR").to_numpy(dtype=float).ravel()  # a row a year, a column a month
    first = np.datetime64(f"{int(table['YEAR'].iloc[0])}-01", "M")
    return first + np.arange(len(degrees)), degrees
