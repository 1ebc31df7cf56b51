"""Kind, aspect and polarity of a finding made to agree with each other and with the grammar.

Knows no rule of content and no reply.
"""

from __future__ import annotations

from dataclasses import replace

from feedback import aspects, moods
from feedback.findings import Finding


def settled(found: Finding, text: str) -> Finding:
    """Style is how, content what is said; a verb orders where a bare word judges.

    "More detail" finds a lack, "give more detail" orders it, and so does "stop apologising".
    """
    finding = replace(found, aspect=aspect(found, text))
    kind, polarity = finding.kind, finding.polarity
    if kind in ("style", "content") and finding.aspect != "other":
        kind = "style" if finding.aspect in aspects.STYLE else "content"
    if kind in ("style", "content") and polarity < 1 and not finding.permits:
        if polarity < 0 and moods.orders(text):
            polarity = 0
        elif polarity == 0 and moods.compares(text):
            polarity = -1
    return replace(finding, kind=kind, polarity=polarity)


_FORMAT_CHECKS = ("bullets", "no_bullets", "numbered_list", "headings", "no_headings", "table")


def aspect(finding: Finding, text: str) -> str:
    """Lists, tables and headings are signs on the page, and so is one sign for another."""
    if finding.check is not None and finding.check.name in _FORMAT_CHECKS:
        return "format"
    if finding.op == "replace" and finding.aspect == "wording":
        return aspects.of(text, "wording", ("format", "language", "wording"))
    return finding.aspect
