"""Frameworks of users' own, as files: what the format has to be able to express."""

from pathlib import Path

HEAD = """id: own
version: 1
title: A questionnaire of one's own
sources: [{title: Ours}]
scales:
  yes_no: [{answer: yes, points: 1}, {answer: no, points: 0}]
  three: [{answer: full, points: 1}, {answer: half, points: 1/2}, {answer: none_at_all, points: 0}]
bands:
  - {id: low, from: 0, colour: "#d9e8f3", label: Low}
  - {id: high, from: 50, colour: "#0f3050", label: High}
"""
BLOCK_SIZES = (5, 5, 5, 4, 4, 4, 4, 4)  # 35 items in 8 blocks


def eight_blocks() -> str:
    blocks = ""
    for block, size in enumerate(BLOCK_SIZES, 1):
        items = "".join(f"      - {{id: B{block}.{item}, text: Question {item}}}\n" for item in range(1, size + 1))
        blocks += f"  - id: B{block}\n    label: Block {block}\n    migof: P{1 + block % 3}\n    items:\n{items}"
    return HEAD + "aggregation: mean\nnodes:\n" + blocks


def depth_four() -> str:
    """Four levels of nodes; what is not there is left out of the mean."""
    return HEAD + """missing: available
nodes:
  - id: A
    label: A
    nodes:
      - id: A1
        label: A1
        nodes:
          - id: A1a
            label: A1a
            nodes:
              - {id: A1a1, label: deep, items: [{id: q1, text: one}, {id: q2, text: two}]}
          - {id: A1b, label: A1b, items: [{id: q3, text: three}]}
  - {id: B, label: B, items: [{id: q4, text: four, scale: three}]}
"""


def weighted_and_bad() -> str:
    return HEAD + """nodes:
  - id: A
    label: A
    weight: 3
    items: [{id: q1, text: one, weight: 2}, {id: q2, text: two, yes_is: bad}]
  - {id: B, label: B, items: [{id: q3, text: three}]}
"""


def write(folder: Path, content: str, name: str = "own.yaml") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path
