"""The page's own scripts and styles, read from the files beside this one.

Knows no handler and no record. Nothing here is fetched from another computer.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def script(*names: str) -> str:
    """The named files of this folder as one script for `gr.HTML(js_on_load=...)`.

    They share one scope: a file may use what an earlier one declares (`icons.js`, `keys.js`).
    """
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


def head() -> str:
    """What every route has in its head: all styles, and the chosen theme before first paint."""
    names = sorted(HERE.glob("*.css"), key=lambda path: (path.name != "page.css", path.name))
    styles = "\n".join(path.read_text(encoding="utf-8") for path in names)
    return f"{META}<style>\n{styles}\n</style>\n<script>{THEME}</script>"


META = '<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">'
THEME = """
try {
  const theme = localStorage.getItem('heed.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch (error) { /* storage is off: the system's theme stays */ }
"""
