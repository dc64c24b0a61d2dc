"""Which language a screen speaks: the person's own choice, the cookie, then the browser's wish."""

from dataclasses import dataclass
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from flask import Flask, g, has_request_context, request

from core.company import company

COOKIE = "lamplit_language"


@dataclass(frozen=True)
class Language:
    """A language that the screens speak."""

    #: The catalogue's name, as Babel spells it.
    code: str
    #: What it calls itself.
    name: str
    #: The value of <html lang>: it chooses the right glyphs and the screen reader's voice.
    tag: str


LANGUAGES = {
    language.code: language
    for language in (
        Language("en", "English", "en"),
        Language("zh_Hans_CN", "简体中文", "zh-Hans"),
    )
}


def current_language() -> Language:
    """Return the language of this request."""
    if not has_request_context():
        return LANGUAGES.get(company().language, LANGUAGES["en"])
    if "lamplit_shown_language" not in g:
        g.lamplit_shown_language = _negotiate()
    found: Language = g.lamplit_shown_language
    return found


def locale_code() -> str:
    """Return the locale for Flask-Babel."""
    return current_language().code


def best_language(tag: str) -> Language | None:
    """Return our language for a tag such as zh-CN or zh_Hans; None when we do not speak it."""
    try:
        wanted = Locale.parse(tag.replace("_", "-"), sep="-", resolve_likely_subtags=True)
    except (ValueError, UnknownLocaleError):
        return None
    script = wanted.script or _usual_script(wanted.language)
    for language in LANGUAGES.values():
        ours = Locale.parse(language.code)
        same_script = not ours.script or ours.script == script
        if ours.language == wanted.language and same_script:
            return language
    return None


def _usual_script(language: str) -> str | None:
    """Return how a language is written when nothing is said: zh means Simplified."""
    likely = get_global("likely_subtags").get(language)
    return Locale.parse(likely).script if likely else None


def language_of_browser() -> Language:
    """Return what the request itself wishes for; asks nobody else."""
    return _wished() or LANGUAGES["en"]


def _negotiate() -> Language:
    choice = _personal_choice()
    if choice in LANGUAGES:
        return LANGUAGES[choice]
    return _wished() or LANGUAGES.get(company().language, LANGUAGES["en"])


def _wished() -> Language | None:
    wish = request.cookies.get(COOKIE, "")
    if wish in LANGUAGES:
        return LANGUAGES[wish]
    found = (best_language(tag) for tag in request.accept_languages.values())
    return next((each for each in found if each), None)


def _personal_choice() -> str | None:
    person = g.get("lamplit_person")
    return getattr(person, "language", None) or None


def catalogues(app: Flask) -> list[str]:
    """Return the folders of all translations: the core's and every installed module's."""
    modules = app.extensions.get("lamplit_modules", {})
    folders = [Path(__file__).parent.parent, *(module.folder for module in modules.values())]
    return [str(folder / "translations") for folder in folders]
