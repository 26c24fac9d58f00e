"""A publisher's set of comparators, as a file."""

YAML = b"""\
comparator_sets:
  - code: neighbours
    version: "2024"
    title: Neighbours
    published_on: 2024-05-01
    publisher: Ministry of Examples
    source: Neighbours in examples
    licence: Open Government Licence v3.0
    area: E10000099
    members:
      - {area: E06000099, rank: 1, closeness: 0.5}
      - {area: E07000901, rank: 2}
"""
