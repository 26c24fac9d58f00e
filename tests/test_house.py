"""The rules of the house, held by reading the source."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT = Path(settings.BASE_DIR)
# Downstairs, an app imports only from those to its left.
APPS = ("partnerships", "indicators", "outcomes", "actions")
UPSTAIRS = (
    *("views", "forms", "urls", "admin", "management", "dashboard", "matrix", "loading"),
    *("outcomes.plan", "outcomes.spine", "outcomes.tiles", "outcomes.atlas", "outcomes.scatter"),
)
# Thinking: no database, no settings.
PURE = (
    "partnerships/problems.py",
    "partnerships/yamlfile.py",
    "indicators/periods.py",
    "indicators/perioddates.py",
    "indicators/periodwords.py",
    "indicators/shorthand.py",
    "indicators/numbers.py",
    "indicators/breakdowns.py",
    "indicators/rules.py",
    "indicators/judging.py",
    "indicators/repeats.py",
    "indicators/doubts.py",
    "indicators/attempts.py",
    "indicators/reviewed.py",
    "indicators/sheetcells.py",
    "indicators/sheetxml.py",
    "indicators/workbooks.py",
    "indicators/tables.py",
    "indicators/textfiles.py",
    "indicators/headers.py",
    "indicators/rows.py",
    "indicators/layouts.py",
    "indicators/headings.py",
    "indicators/columns.py",
    "indicators/assembling.py",
    "indicators/batches.py",
    "indicators/scaling.py",
    "indicators/recognition.py",
    "indicators/columnkinds.py",
    "indicators/matching.py",
    "indicators/proposals.py",
    "indicators/descriptions.py",
    "indicators/mapping.py",
    "indicators/firstlook.py",
    "indicators/trial.py",
    "indicators/workbench.py",
    "indicators/charts/bars.py",
    "indicators/charts/caption.py",
    "indicators/charts/chart.py",
    "indicators/charts/control.py",
    "indicators/charts/funnel.py",
    "indicators/charts/geometry.py",
    "indicators/charts/hexmap.py",
    "indicators/charts/inequality.py",
    "indicators/charts/scatter.py",
    "indicators/charts/sparkline.py",
    "indicators/charts/spine.py",
    "indicators/charts/strip.py",
    "indicators/charts/target.py",
    "indicators/charts/timeseries.py",
    "indicators/charts/timetable.py",
    "indicators/commonperiod.py",
    "indicators/deprivation.py",
    "indicators/gaps.py",
    "indicators/groups.py",
    "indicators/hexlayouts.py",
    "indicators/aims.py",
    "indicators/paths.py",
    "indicators/pathwords.py",
    "indicators/targetfigure.py",
    "indicators/forecasts.py",
    "indicators/statistics/forecast.py",
    "indicators/versions.py",
    "indicators/counts.py",
    "indicators/disclosure.py",
    "indicators/additivity.py",
    "indicators/feasibility.py",
    "indicators/programmes.py",
    "indicators/ties.py",
    "indicators/concealment.py",
    "indicators/seeing.py",
    "indicators/sums.py",
    "indicators/missing.py",
    *(
        f"indicators/methods/{name}.py"
        for name in ("sections", "madeup", "sureness", "hidden", "movement", "wanted", "pictures")
    ),
    "indicators/templatefile.py",
    *(
        f"indicators/statistics/{name}.py"
        for name in ("benchmark", "correlation", "inequality", "intervals", "quantiles", "spc", "trend")
    ),
    "actions/workload.py",
    "outcomes/differences.py",
    "outcomes/madeup/places.py",
    "outcomes/madeup/definitions.py",
    "outcomes/madeup/figures.py",
    "outcomes/madeup/plan.py",
    "partnerships/changes.py",
    "outcomes/strategyfile.py",
    "outcomes/strategytree.py",
    "outcomes/strategychecks.py",
    "outcomes/strategytext.py",
)


def modules() -> list[Path]:
    return sorted(
        path.relative_to(ROOT) for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
    )


def imports_of(module: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse((ROOT / module).read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def is_upstairs(module: Path) -> bool:
    return is_upstairs_name(*module.with_suffix("").parts[:2])


def is_upstairs_name(app: str, room: str) -> bool:
    return room in UPSTAIRS or f"{app}.{room}" in UPSTAIRS


@pytest.mark.parametrize("module", [path for path in modules() if not is_upstairs(path)], ids=str)
def test_downstairs_imports_only_leftwards_and_nothing_upstairs(module):
    own = APPS.index(module.parts[0])
    for name in imports_of(module):
        app, *rest = name.split(".")
        if app in APPS:
            assert APPS.index(app) <= own, f"{module} imports {name}, to its right"
            assert not rest or not is_upstairs_name(app, rest[0]), f"{module} imports {name}, from upstairs"


@pytest.mark.parametrize("module", [path for path in modules() if is_upstairs(path)], ids=str)
def test_upstairs_never_imports_the_views_or_forms_of_another_app(module):
    for name in imports_of(module):
        app, *rest = name.split(".")
        if app in APPS and app != module.parts[0]:
            assert not rest or rest[0] not in ("views", "forms"), f"{module} imports {name}"


@pytest.mark.parametrize("module", PURE)
def test_thinking_is_pure(module):
    for name in imports_of(Path(module)):
        assert not re.match(r"django\.(db|conf|contrib|http|core)|.*\.models", name), f"{module} imports {name}"


@pytest.mark.parametrize("module", modules(), ids=str)
def test_no_signals_no_computing_save_and_no_name_that_says_nothing(module):
    source = (ROOT / module).read_text()
    assert not re.search(r"@receiver|post_save|pre_save|def save\(", source)
    assert module.stem not in ("utils", "helpers", "services", "common", "misc")


@pytest.mark.parametrize("module", [path for path in modules() if "views" in str(path)], ids=str)
def test_a_view_writes_nothing_itself(module):
    assert not re.search(
        r"\.(create|update|delete|bulk_create|bulk_update|get_or_create|update_or_create|save)\(",
        re.sub(r"\bform\.save\(", "", (ROOT / module).read_text()),
    )


def templates() -> list[Path]:
    return sorted(path.relative_to(ROOT) for path in (ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("template", templates(), ids=str)
def test_a_template_decides_nothing_but_shape(template):
    source = (ROOT / template).read_text()
    assert source.count("\n") <= 150, "split it"
    assert not re.search(r"(?<!forloop)\.(all|filter|count|exists|first|last)\b(?!_)\s*[%|}]", source), (
        "asks the database"
    )
    assert not re.search(r"\sstyle=|\son[a-z]+=\"|<style", source), "the content security policy would refuse this"
    for script in re.findall(r"<script[^>]*>", source):
        assert "src=" in script or "application/json" in script, "no inline script"


def test_migrations_are_in_step_with_the_models(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_variable_of_the_environment_is_documented():
    readme = (ROOT / "README.md").read_text()
    source = (ROOT / "config" / "settings.py").read_text()
    names = set(re.findall(r"env(?:_bool|_list|iron\.get)\(\s*\"([A-Z_]+)\"", source))
    assert names, "the pattern no longer finds the variables"
    assert not {name for name in names if f"`{name}`" not in readme}


def test_no_file_names_a_machine_or_a_registry():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    hosts = "|".join(("registry" + r"\.npmjs", r"pypi\.org" + "/simple", "files" + r"\.pythonhosted"))
    for name in filter(None, tracked):
        text = (ROOT / name).read_bytes().decode("utf-8", errors="ignore") if (ROOT / name).exists() else ""
        assert not re.search(hosts, text), f"{name} names a registry"
        assert not re.search(r"(^|[\s\"'(=])/(work|home|farm)/", text), f"{name} names a path of one machine"
