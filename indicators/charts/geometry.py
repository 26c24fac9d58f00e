"""From values to pixels, for what the server draws itself."""

from collections.abc import Callable, Sequence


def scale(values: Sequence[float], length: int, margin: int) -> Callable[[float], float]:
    """A function from a value to its distance in pixels; all in the middle where there is but one value."""
    least, most = min(values), max(values)
    if least == most:
        return lambda value: length / 2
    return lambda value: margin + (value - least) / (most - least) * (length - 2 * margin)


def pixels(distance: float) -> str:
    """Text, because a template would write a number with the decimal sign of the language."""
    return f"{distance:.1f}"


def per_cent(share: float) -> str:
    """Of the width or the height."""
    return f"{share:.2f}%"
