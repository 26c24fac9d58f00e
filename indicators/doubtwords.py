"""What is doubtful about a figure, in words."""

from django.utils.translation import gettext_lazy

from indicators.doubts import FAR, MIRROR, OVER, TENFOLD

SENTENCES = {
    OVER: gettext_lazy("above 100%: check that it is a share and that its base is right"),
    MIRROR: gettext_lazy('close to 100% less what is expected: was "with" counted where the series says "without"?'),
    TENFOLD: gettext_lazy("about ten times too large or too small beside its series: check the decimal point"),
    FAR: gettext_lazy("far from what its series would lead one to expect"),
}


def in_words(difference: dict) -> str:
    """A doubtful difference of a report as one line."""
    about = ", ".join(filter(None, (difference["indicator"], difference["area_name"], difference["period"])))
    group = f", {difference['breakdown']}" if difference["breakdown"] else ""
    return f"{about}{group}: {difference['new']['text']}: {SENTENCES[difference['doubt']]}"
