"""First reports on actions, made by the command `demo` so that its pages live. Every note says it is an example."""

from dataclasses import dataclass

from actions.models import Status


@dataclass(frozen=True)
class Report:
    """What the officer of the partnership is made to say of an action; milestones by code."""

    partnership: str
    strategy: str
    action: str
    status: Status
    progress: int
    note: str
    milestones: tuple[str, ...] = ()


def _lancashire(action: str, status: Status, progress: int, note: str, *milestones: str) -> Report:
    return Report("lancashire", "early-years", action, status, progress, f"Example: {note}", milestones)


REPORTS = (
    _lancashire(
        "infant-mortality-action-plan", Status.AT_RISK, 60, "the board has yet to comment.", "review", "draft"
    ),
    _lancashire("better-births-action-plan", Status.ON_TRACK, 45, "teams are in place.", "midwife-teams"),
    _lancashire("critical-days-action-plan", Status.OFF_TRACK, 50, "the report is late.", "offer"),
    _lancashire(
        "reporting-and-governance", Status.COMPLETE, 100, "terms of reference agreed.", "terms", "first-report"
    ),
    _lancashire("outcomes-framework", Status.ON_TRACK, 70, "consultation closed.", "measures", "consultation"),
    _lancashire("performance-dashboard", Status.ON_TRACK, 50, "figures for the county are in.", "first-figures"),
    _lancashire("speech-delay-pathways", Status.AT_RISK, 75, "the trial needs two more weeks.", "pathway-drafted"),
    _lancashire("integrated-care-pathway", Status.OFF_TRACK, 40, "partners have yet to agree the pathway.", "mapped"),
    _lancashire("high-impact-areas", Status.ON_TRACK, 30, "first review done.", "first-review"),
    Report(
        "thurrock", "stronger-together", "performance-framework", Status.COMPLETE, 100,
        "Example: indicators and targets agreed.", ("indicators", "targets"),
    ),
    Report(
        "thurrock", "stronger-together", "equality-impact-analysis", Status.AT_RISK, 40,
        "Example: figures by group are missing for two indicators.", ("groups",),
    ),
    Report("thurrock", "stronger-together", "delivery-plan", Status.ON_TRACK, 20, "Example: partners asked.", ()),
    Report(
        "argyll-bute", "outcome-4", "literacy-support", Status.ON_TRACK, 50,
        "Example: the first year is done.", ("first-year",),
    ),
    Report(
        "argyll-bute", "outcome-4", "co-production-groups", Status.OFF_TRACK, 35,
        "Example: the second group has not met yet.", ("first-group",),
    ),
    Report(
        "wales", "early-years-integration", "pathfinder-figures", Status.ON_TRACK, 60,
        "Example: the matrix is in use.", ("matrix",),
    ),
    Report(
        "wales", "early-years-integration", "barriers-list", Status.AT_RISK, 50,
        "Example: three pathfinders have not answered.", ("asked",),
    ),
)  # fmt: skip
