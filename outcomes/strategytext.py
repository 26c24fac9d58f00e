"""A tree as the text of a strategy file, in one order and one form."""

from typing import Any

import yaml

from outcomes.strategytree import (
    LINE,
    SOURCE,
    STATEMENT_KINDS,
    Action,
    Document,
    Element,
    Measure,
    Statement,
    StrategyFile,
)
from partnerships import yamlfile

FORMAT = 1


def write(tree: StrategyFile) -> str:
    """The text of a file that reads as this tree."""
    return yaml.dump(_plain_strategy(tree), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


def _filled(**pairs: Any) -> dict[str, Any]:
    """The pairs that say something; 0 does."""
    return {key: value for key, value in pairs.items() if value is not None and value not in ("", (), [], {})}


def _plain_origin(origin: str) -> str:
    return "" if origin == SOURCE else origin


def _plain_strategy(tree: StrategyFile) -> dict[str, Any]:
    statements = {
        key: [_plain_statement(one) for one in tree.statements if one.kind == kind]
        for key, kind in STATEMENT_KINDS.items()
    }
    return _filled(
        format=FORMAT,
        partnership=tree.partnership,
        slug=tree.slug,
        position=tree.position or None,
        title=tree.title,
        vision=tree.vision,
        summary=tree.summary,
        source=_filled(document=tree.source, url=tree.source_url),
        starts_on=tree.starts_on,
        ends_on=tree.ends_on,
        control=_filled(version=tree.version, owner=tree.owner, date=tree.dated),
        delivers=list(tree.delivers),
        organisations=[{"code": one.code, "name": one.name, "kind": one.kind} for one in tree.organisations],
        levels=[
            {"code": one.code, "kind": one.kind, "depth": one.depth, "word": one.word, "plural": one.plural}
            for one in tree.levels
        ],
        **_plain_attached(tree),
        **statements,
        horizons=[{"years": one.years, "title": one.title, "text": one.text} for one in tree.horizons],
        glossary=[
            _filled(term=one.term, meaning=one.meaning, origin=_plain_origin(one.origin)) for one in tree.glossary
        ],
        documents=[_plain_document(one) for one in tree.documents],
    )


def _plain_attached(owner: StrategyFile | Element) -> dict[str, list]:
    return {
        "measures": [_plain_measure(measure) for measure in owner.measures],
        "actions": [_plain_action(action) for action in owner.actions],
        "elements": [_plain_element(element) for element in owner.elements],
    }


def _plain_element(element: Element) -> dict[str, Any]:
    return _filled(
        code=element.code,
        level=element.level,
        title=element.title,
        text=element.text,
        origin=_plain_origin(element.origin),
        serves=list(element.serves),
        **_plain_attached(element),
    )


def _plain_measure(measure: Measure) -> dict[str, Any]:
    return _filled(
        code=measure.code,
        title=measure.title,
        indicator=measure.indicator,
        narrative=measure.narrative,
        breakdown=measure.breakdown,
        baseline=_filled(value=measure.baseline, period=measure.baseline_period, day=measure.baseline_day),
        tolerance=measure.tolerance,
        targets=[
            _filled(
                value=one.value,
                upper=one.upper,
                period=one.period,
                due_on=one.due_on,
                origin=_plain_origin(one.origin),
            )
            for one in measure.targets
        ],
        path="" if measure.path_shape == LINE else measure.path_shape,
        note=measure.note,
        origin=_plain_origin(measure.origin),
    )


def _plain_action(action: Action) -> dict[str, Any]:
    return _filled(
        code=action.code,
        title=action.title,
        description=action.description,
        owner=action.owner,
        lead=_filled(title=action.lead_title, account=action.lead_account),
        starts_on=action.starts_on,
        due_on=action.due_on,
        origin=_plain_origin(action.origin),
        details_origin=_plain_origin(action.details_origin),
        milestones=[_filled(code=one.code, title=one.title, due_on=one.due_on) for one in action.milestones],
    )


def _plain_statement(one: Statement) -> dict[str, Any]:
    origin = _plain_origin(one.origin)
    return _filled(code=one.code, text=one.text, group=one.group, said_by=one.said_by, origin=origin)


def _plain_document(one: Document) -> dict[str, Any]:
    return _filled(
        code=one.code,
        title=one.title,
        kind=one.kind,
        url=one.url,
        date=one.published_on,
        note=one.note,
        meeting=_filled(title=one.meeting, held_on=one.held_on),
    )


class _Dumper(yaml.SafeDumper):
    """Writes what yamlfile reads back as the same: no references, text in quotes where it would mean something else."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = None
    if "\n" in text:
        style = "|"
    elif yamlfile.plain(text) != text:
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _write_number(dumper: yaml.SafeDumper, number: float) -> yaml.Node:
    return dumper.represent_int(int(number)) if number.is_integer() else dumper.represent_float(number)


_Dumper.add_representer(str, _write_text)
_Dumper.add_representer(float, _write_number)
