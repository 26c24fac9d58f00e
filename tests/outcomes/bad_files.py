"""Strategy files that are refused, each a good file with one thing done to it, and the first line of what is said."""

import io
import zipfile

FILE = "plan.yaml"

# The numbers of its lines are counted on below.
GOOD = """\
format: 1
partnership: northshire
slug: new-plan
title: A new plan
vision: All is well.
source: {document: The plan}
starts_on: 2024-04-01
ends_on: 2029-03-31
levels:
  - {code: aim, kind: outcome, depth: 1, word: Aim, plural: Aims}
  - {code: step, kind: objective, depth: 2, word: Step, plural: Steps}
elements:
  - code: first
    level: aim
    title: First aim
    measures:
      - code: ready
        title: Ready for school
        indicator: school-ready
        baseline: {value: 66, period: "2018"}
        tolerance: 1
        targets:
          - {value: 70, period: "2026"}
          - {value: 75, due_on: 2028-12-31}
      - code: teeth
        title: Healthy teeth
        indicator: healthy-teeth
        breakdown: "deprivation: Most deprived"
    actions:
      - code: clinic
        title: Open a clinic
        owner: northshire-nhs
        starts_on: 2025-01-01
        due_on: 2026-01-01
        milestones:
          - {code: room, title: A room is found, due_on: 2025-06-30}
          - {code: staff, title: Staff are found}
    elements:
      - code: under-first
        level: step
        title: A step
  - code: second
    level: aim
    title: Second aim
    serves: [first]
values:
  - {code: honesty, text: Honesty}
horizons:
  - {years: 0, title: Now, text: Much is to do.}
glossary:
  - {term: Clinic, meaning: A place of healing.}
documents:
  - {code: paper, title: A paper, kind: paper, date: 2024-05-01}
"""


def edited(old: str, new: str) -> bytes:
    """The good file with one place changed; the place must be there once."""
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new).encode()


def spreadsheet() -> bytes:
    """The first bytes of any XLSX file are those of a ZIP archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>" * 50)
    return content.getvalue()


# What is not a file that can be read.
UNREADABLE = {
    "nothing in it": (b"", f"{FILE}: The file is empty."),
    "blanks only": (b" \n\n", f"{FILE}: The file is empty."),
    "a comment only": (b"# to do\n", f"{FILE}: The file is empty."),
    "UTF-16": (GOOD.encode("utf-16"), f"{FILE}:1: This is not text in UTF-8."),
    "Windows-1252": (edited("A new plan", "Caffè").decode().encode("cp1252"), f"{FILE}:4: This is not text in UTF-8."),
    "a spreadsheet": (spreadsheet(), f"{FILE}:1: "),
    "a NUL": (
        edited("A new plan", "A\0plan"),
        f"{FILE}:4: There is a character in this line that cannot be seen: U+0000.",
    ),
    "an escaped NUL": (
        edited("A new plan", '"A\\0plan"'),
        f"{FILE}:4: There is a character in this line that cannot be",
    ),
    "a line separator": (
        edited("A new plan", "A\u2028plan"),
        f"{FILE}:4: There is a character in this line that cannot",
    ),
    "tabs": (edited("    level: step", "\tlevel: step"), f"{FILE}:40: There is a tab in this line."),
    "a bracket left open": (edited("[first]", "[first"), f"{FILE}:46: This is not YAML that can be read"),
    "a quote left open": (GOOD.encode() + b'context: "', f"{FILE}:54: This is not YAML that can be read"),
    "bad indentation": (
        edited("    title: A step", "   title: A step"),
        f"{FILE}:41: This is not YAML that can be read",
    ),
    "words": (b"A plan for Northshire.\n", f"{FILE}:1: This must be keys with values"),
    "a list": (b"- format: 1\n", f"{FILE}:1: This must be keys with values"),
    "two documents": (GOOD.encode() + b"---\nformat: 1\n", f"{FILE}:54: A second document begins here."),
    "a million letters in one line": (b"a" * 1024 * 1024, f"{FILE}:1: This must be keys with values"),
    "more than 1 MB": (GOOD.encode() + b"#" * 1024 * 1024, f"{FILE}: The file is larger than 1 MB"),
    "a million brackets": (b"vision: " + b"[" * 1000 * 1000, f"{FILE}:1: This is nested more than 40 deep."),
    "a bomb of references": (
        b"a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\n",
        f"{FILE}:1: A name for a place (&name) is not read.",
    ),
    "a merge key": (b"<<: {format: 1}\n", f"{FILE}:1: A merge key (<<) is not read."),
    "a type that runs code": (
        b"format: !!python/object/apply:os.getcwd []\n",
        f"{FILE}:1: A type (!name) is not read.",
    ),
    "a list as a key": (GOOD.encode() + b"? [a, b]\n: c\n", f"{FILE}:54: A key must be a word"),
    "a key twice": (
        edited("vision: All is well.", "title: Another"),
        f"{FILE}:5: column 'title': This key stands here twice, first in line 4.",
    ),
}

# What the schema forbids.
FORBIDDEN = {
    "JSON of something else": (
        b'{"format": 1, "plan": "new"}',
        f"{FILE}:1: column 'partnership': This key is missing.",
    ),
    "no vision": (edited("vision: All is well.\n", ""), f"{FILE}:1: column 'vision': This key is missing."),
    "an element without a level": (
        edited("        level: step\n", ""),
        f"{FILE}:39: column 'level': This key is missing.",
    ),
    "another format": (edited("format: 1", "format: 2"), f"{FILE}:1: column 'format': This must be 1. ('2')"),
    "a key misspelt": (
        edited("serves:", "sevres:"),
        f"{FILE}:45: column 'sevres': This key is not known here. Did you mean “serves”?",
    ),
    "a key from nowhere": (
        edited("    serves: [first]", "    colour: blue"),
        f"{FILE}:45: column 'colour': This key is not known here. The keys known here are: code, level,",
    ),
    "a title that is a number": (
        edited("title: A new plan", "title: 2024"),
        f"{FILE}:4: column 'title': This must be text: put it in quotes. ('2024')",
    ),
    "a period without quotes": (
        edited('period: "2018"', "period: 2018"),
        f"{FILE}:20: column 'period': This must be text: put it in quotes. ('2018')",
    ),
    "a title left empty": (
        edited("title: A new plan", "title:"),
        f"{FILE}:4: column 'title': Nothing is written here: write text, or leave the key out.",
    ),
    "a title of blanks": (
        edited("title: A new plan", 'title: " "'),
        f"{FILE}:4: column 'title': This must be text that",
    ),
    "a title too long": (
        edited("title: A new plan", "title: " + "x" * 201),
        f"{FILE}:4: column 'title': This may have at most 200 characters and has 201.",
    ),
    "a code in capitals": (
        edited("code: second", "code: Second"),
        f"{FILE}:42: column 'code': This must be small letters, digits and single hyphens,"
        " such as best-start. ('Second')",
    ),
    "a kind from nowhere": (
        edited("kind: outcome", "kind: outcomes"),
        f"{FILE}:10: column 'kind': This must be one of: outcome, priority, objective."
        " Did you mean “outcome”? ('outcomes')",
    ),
    "a day that is not": (
        edited("2029-03-31", "2029-02-30"),
        f"{FILE}:8: column 'ends_on': This must be a date of the calendar, written like 2024-03-31. ('2029-02-30')",
    ),
    "a day as people write it": (
        edited("2029-03-31", "31/03/2029"),
        f"{FILE}:8: column 'ends_on': This must be a date",
    ),
    "a baseline of NaN": (
        edited("value: 66", "value: .nan"),
        f"{FILE}:20: column 'value': This must be a number. ('.nan')",
    ),
    "a target without end": (
        edited("value: 75", "value: 1e400"),
        f"{FILE}:24: column 'value': This must be a number. ('1e400')",
    ),
    "a target beyond all counting": (
        edited("value: 75", "value: 1e15"),
        f"{FILE}:24: column 'value': This must be less than",
    ),
    "a number with a comma": (
        edited("value: 75", 'value: "7,5"'),
        f"{FILE}:24: column 'value': This must be a number. ('7,5')",
    ),
    "a tolerance below 0": (
        edited("tolerance: 1", "tolerance: -1"),
        f"{FILE}:21: column 'tolerance': This must be 0 or",
    ),
    "a depth of 0": (edited("depth: 2", "depth: 0"), f"{FILE}:11: column 'depth': This must be 1 or more. ('0')"),
    "half a depth": (edited("depth: 2", "depth: 1.5"), f"{FILE}:11: column 'depth': This must be a whole number."),
    "yes where a number belongs": (edited("years: 0", "years: no"), f"{FILE}:49: column 'years': This must be a whole"),
    "words where a list belongs": (
        edited("serves: [first]", "serves: first"),
        f"{FILE}:45: column 'serves': This must be a list (items that begin with “- ”). ('first')",
    ),
    "a link written otherwise": (
        edited("serves: [first]", "serves: [southtown:every-child]"),
        f"{FILE}:45: column 'serves': This must be the code of an element here, or of another strategy",
    ),
    "a link twice": (edited("[first]", "[first, first]"), f"{FILE}:45: column 'serves': The same stands twice in this"),
    "an address that is none": (
        edited("{document: The plan}", "{document: The plan, url: javascript:alert(1)}"),
        f"{FILE}:6: column 'url': This must be a web address that begins with https:// or http://.",
    ),
    "no levels": (
        GOOD.replace(GOOD[GOOD.index("levels:") : GOOD.index("elements:")], "levels: []\n").encode(),
        f"{FILE}:9: column 'levels': This list must have at least 1.",
    ),
}

# What the schema allows and makes no sense.
SENSELESS = {
    "a level from nowhere": (
        edited("    level: step", "    level: stp"),
        f"{FILE}:40: column 'level': There is no level with this code among the levels above."
        " Did you mean “step”? ('stp')",
    ),
    "a level that is not deeper": (
        edited("    level: step", "    level: aim"),
        f"{FILE}:40: column 'level': Its level is not deeper than that of “first”, which it stands under. ('aim')",
    ),
    "an element's code twice": (
        edited("code: second", "code: first"),
        f"{FILE}:42: column 'code': This stands here twice, first in line 13. ('first')",
    ),
    "a level's code twice": (edited("code: step", "code: aim"), f"{FILE}:11: column 'code': This stands here twice"),
    "a measure's code twice": (
        edited("code: teeth", "code: ready"),
        f"{FILE}:25: column 'code': This stands here twice",
    ),
    "an action's code twice": (
        edited("    serves: [first]", "    actions: [{code: clinic, title: Another}]"),
        f"{FILE}:45: column 'code': This stands here twice, first in line 30. ('clinic')",
    ),
    "a milestone's code twice": (
        edited("code: staff", "code: room"),
        f"{FILE}:37: column 'code': This stands here twice",
    ),
    "a statement's code twice": (
        GOOD.encode() + b"themes:\n  - {code: honesty, text: Honesty}\n",
        f"{FILE}:55: column 'code': This stands here twice, first in line 47. ('honesty')",
    ),
    "a term twice in other letters": (
        edited("healing.}\n", "healing.}\n  - {term: CLINIC, meaning: The same.}\n"),
        f"{FILE}:52: column 'term': This stands here twice, first in line 51. ('CLINIC')",
    ),
    "a horizon twice": (
        edited("to do.}\n", "to do.}\n  - {years: 0, title: Today, text: Much.}\n"),
        f"{FILE}:50: column 'years': This stands here twice, first in line 49. ('0')",
    ),
    "a document's code twice": (
        GOOD.encode() + b"  - {code: paper, title: Another, kind: paper}\n",
        f"{FILE}:54: column 'code': This stands here twice",
    ),
    "an organisation's code twice": (
        GOOD.encode() + b"organisations:\n" + b"  - {code: school, name: School, kind: school}\n" * 2,
        f"{FILE}:56: column 'code': This stands here twice",
    ),
    "an indicator twice on an element": (
        edited('indicator: healthy-teeth\n        breakdown: "deprivation: Most deprived"', "indicator: school-ready"),
        f"{FILE}:27: column 'indicator': This indicator with this breakdown stands here twice. ('school-ready')",
    ),
    "neither indicator nor narrative": (
        edited("        indicator: healthy-teeth\n", ""),
        f"{FILE}:25: column 'indicator': A measure needs an indicator or, where no number fits, a narrative.",
    ),
    "both indicator and narrative": (
        edited("indicator: healthy-teeth", "indicator: healthy-teeth\n        narrative: They shine."),
        f"{FILE}:28: column 'narrative': A measure has an indicator or a narrative, not both. ('They shine.')",
    ),
    "a narrative with targets": (
        edited("indicator: school-ready", "narrative: They are."),
        f"{FILE}:20: column 'baseline': Evidence in words has no numbers.",
    ),
    "a breakdown without a group": (
        edited('"deprivation: Most deprived"', "deprived"),
        f"{FILE}:28: column 'breakdown': Write what is broken down, a colon and the group,"
        " such as sex: Female. ('deprived')",
    ),
    "a breakdown for everyone": (
        edited('"deprivation: Most deprived"', "Persons"),
        f"{FILE}:28: column 'breakdown': Leave the breakdown empty where the figure is for everyone.",
    ),
    "a baseline's period that is none": (
        edited('period: "2018"', "period: last year"),
        f"{FILE}:20: column 'period': This is not a period: write one such as",
    ),
    "a period of one day": (
        edited('period: "2018"', "period: 2018-03-31"),
        f"{FILE}:20: column 'period': This is one day",
    ),
    "a baseline without a period": (
        edited(', period: "2018"', ""),
        f"{FILE}:20: column 'period': Write the period that the number is for, or its last day as “day”.",
    ),
    "a target without a day": (
        edited(', period: "2026"', ""),
        f"{FILE}:23: column 'period': Write the period that the number is for, or its last day as “due_on”.",
    ),
    "a target with period and day": (
        edited("due_on: 2028-12-31", 'due_on: 2028-12-31, period: "2028"'),
        f"{FILE}:24: column 'due_on': Write the period or its last day, not both. ('2028-12-31')",
    ),
    "a range that ends where it starts": (
        edited("value: 75, due_on", "value: 75, upper: 75, due_on"),
        f"{FILE}:24: column 'upper': The upper end of a range must be above its value. ('75')",
    ),
    "a path of no known shape": (
        edited("tolerance: 1", "tolerance: 1\n        path: curve"),
        f"{FILE}:22: column 'path': ",
    ),
    "two targets for one day": (
        edited("2028-12-31", "2026-12-31"),
        f"{FILE}:24: column 'due_on': This measure has another target for the same day. ('2026-12-31')",
    ),
    "an action due before it starts": (
        edited("due_on: 2026-01-01", "due_on: 2025-01-01"),
        f"{FILE}:34: column 'due_on': This is not after the day on which the action starts. ('2025-01-01')",
    ),
    "a strategy that ends before it starts": (
        edited("2029-03-31", "2024-03-31"),
        f"{FILE}:8: column 'ends_on': This is not after the day on which the strategy starts. ('2024-03-31')",
    ),
    "an element that serves itself": (
        edited("[first]", "[second]"),
        f"{FILE}:45: column 'serves': An element does not serve itself. ('second')",
    ),
    "an element that serves nobody": (
        edited("[first]", "[frist]"),
        f"{FILE}:45: column 'serves': There is no element with this code in this file. Did you mean “first”? ('frist')",
    ),
    "a link home by the long way": (
        edited("[first]", "[northshire/new-plan#first]"),
        f"{FILE}:45: column 'serves': This is an element of this strategy itself. ('northshire/new-plan#first')",
    ),
    "a strategy that delivers itself": (
        GOOD.encode() + b"delivers: [northshire/new-plan#first]\n",
        f"{FILE}:54: column 'delivers': This is an element of this strategy itself.",
    ),
    "an address that is taken": (edited("slug: new-plan", "slug: load"), f"{FILE}:3: column 'slug': This word is kept"),
}

BAD = UNREADABLE | FORBIDDEN | SENSELESS

# What only the database knows to be wrong.
UNKNOWN = {
    "a partnership from nowhere": (
        edited("partnership: northshire", "partnership: northshir"),
        f"{FILE}:2: column 'partnership': There is no partnership with this address. Did you mean “northshire”?",
    ),
    "an indicator from nowhere": (
        edited("indicator: healthy-teeth", "indicator: healthy-tooth"),
        f"{FILE}:27: column 'indicator': There is no indicator with this code in the catalogue."
        " Did you mean “healthy-teeth”?",
    ),
    "an organisation from nowhere": (
        edited("owner: northshire-nhs", "owner: northshire-nsh"),
        f"{FILE}:32: column 'owner': The partnership has no organisation with this code."
        " Did you mean “northshire-nhs”?",
    ),
    "an organisation of elsewhere": (
        edited("owner: northshire-nhs", "owner: southtown-council"),
        f"{FILE}:32: column 'owner': The partnership has no organisation with this code.",
    ),
    "an element that its strategy does not have": (
        edited("[first]", "[northshire/start-well#healthy-strat]"),
        f"{FILE}:45: column 'serves': That strategy has no element with this code. Did you mean “northshire/start-well#"
        "healthy-start”?",
    ),
    "two targets for one day of a school year": (
        edited("indicator: school-ready", "indicator: wellbeing-score")
        .replace(b'period: "2026"', b"period: 2026/27")
        .replace(b"2028-12-31", b"2027-08-31"),
        f"{FILE}:24: column 'due_on': This measure has another target for the same day. ('2027-08-31')",
    ),
}
