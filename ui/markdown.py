"""A reply as safe HTML: its own HTML is shown as text, a picture becomes a link.

Knows no turn and no page. Also finds marked words of the shown text again in the source.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from data.types import Span

ENV = MutableMapping[str, Any]
AROUND = 24  # characters kept on each side of a quote


@lru_cache(maxsize=512)
def to_html(text: str) -> str:
    """HTML of a reply: no scripts, images or raw HTML; links open apart and tell nothing."""
    return str(_READER.render(text))


def in_source(text: str, span: Span) -> Span | None:
    """The same place in the markdown source, given words as the page shows them; None if absent.

    Marks such as ** or a list's numbers may stand between the shown words. The occurrence counts
    from 1; when the source has fewer, the last one is taken.
    """
    pieces = re.findall(r"\w+|[^\w\s]", span.quote)
    if not pieces:
        return None
    places = list(re.finditer(_MARKS.join(map(re.escape, pieces)), text))
    if not places:
        return None
    found = places[min(span.occurrence, len(places)) - 1]
    quote = text[found.start() : found.end()]
    return replace(
        span,
        quote=quote,
        occurrence=len(_starts(text[: found.end() - 1], quote)) + 1,
        prefix=text[max(0, found.start() - AROUND) : found.start()],
        suffix=text[found.end() : found.end() + AROUND],
        start=found.start(),
        end=found.end(),
    )


def _starts(text: str, quote: str) -> list[int]:
    """Where the quote begins in the text, overlaps included."""
    return [at for at in range(len(text)) if text.startswith(quote, at)]


def _link_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: ENV
) -> str:
    tokens[idx].attrSet("target", "_blank")
    tokens[idx].attrSet("rel", "noopener noreferrer nofollow")
    return self.renderToken(tokens, idx, options, env)


def _table_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: ENV
) -> str:
    return '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>'


def _table_close(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: ENV
) -> str:
    return "</table></div>"


def _reader() -> MarkdownIt:
    # Without the image rule "![a](b)" reads as "!" and a link to b: nothing is fetched.
    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    reader.disable("image")
    reader.add_render_rule("link_open", _link_open)
    reader.add_render_rule("table_open", _table_open)
    reader.add_render_rule("table_close", _table_close)
    return reader


# Between two shown words the source may hold white space, marks, and the head of a list item.
_MARKS = r"(?:[\s*_`~#>|\\+\-]|(?<=\n)\s*\d+[.)]\s)*"
_READER = _reader()
