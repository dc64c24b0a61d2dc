"""Typesetting: one Typst compiler for the process, our templates, and data that is only data."""

import importlib.util
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from flask_babel import gettext as _

from core.errors import DomainError

TEMPLATES = Path(__file__).parent / "templates"
#: The wheel's font first; the others are what systems carry when the wheel cannot be installed.
_FONT_WHEEL = "pylopdf_fonts_zh_cn"
_FAMILIES = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)

_turn = Lock()


class NoChineseFont(DomainError):
    """Without a Chinese font a paper would show empty boxes, so none is printed."""

    code = "no_chinese_font"

    def message(self) -> str:
        return _(
            "No Chinese font was found, so this paper cannot be printed. "
            "Ask an administrator to install the Python package pylopdf-fonts-zh-cn."
        )


def typeset(template: str, content: Mapping[str, Any]) -> bytes:
    """Set one template with its content as a PDF.

    The content travels as JSON beside the template, never inside it: whatever a customer is
    called, it cannot become a command. One paper is set at a time, in about 10 ms.
    """
    compiler, family = _press()
    inputs = {"paper": json.dumps({**content, "font": family}, ensure_ascii=False)}
    with _turn:
        pdf = compiler.compile(input=str(TEMPLATES / template), format="pdf", sys_inputs=inputs)
    if not isinstance(pdf, bytes):
        raise TypeError(f"the typesetter returned {type(pdf).__name__} for {template}")
    return pdf


@lru_cache(maxsize=1)
def _press() -> tuple[typst.Compiler, str]:
    """Return the process's compiler and the font family it sets in."""
    fonts = _fonts()
    present = set(fonts.families())
    family = next((name for name in _FAMILIES if name in present), None)
    if family is None:
        raise NoChineseFont
    return typst.Compiler(root=str(TEMPLATES), font_paths=fonts), family


def _fonts() -> typst.Fonts:
    """Return the wheel's fonts alone, so that a paper looks the same on every computer."""
    wheel = importlib.util.find_spec(_FONT_WHEEL)
    if wheel is None or not wheel.submodule_search_locations:
        return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)
    folder = wheel.submodule_search_locations[0]
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
