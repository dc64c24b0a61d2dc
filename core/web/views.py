"""What the shell itself answers: menu, search, pickers, a deal's strip, language and theme."""

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.deals import queries as deals
from core.people import requires
from core.people import services as people
from core.people.addresses import local_or_home
from core.people.identity import current_person_or_none, public
from core.web import finding, languages, look, story
from core.web.menu import favourites

bp = Blueprint("shell", __name__)
_YEAR = 31_536_000


@bp.get("/")
def home() -> ResponseReturnValue:
    """Lead to the person's own department: the first screen of the menu."""
    first = next(iter(favourites()), None)
    return redirect(first.url if first else url_for("tasks.index"), 303)


@bp.get("/menu")
def menu() -> str:
    """Return the menu with its counts read anew."""
    return render_template("web/_menu.html")


@bp.get("/search")
def search() -> str:
    """Find customers, orders, products and places of the menu; a part inside the dialog."""
    q = request.args.get("q", "").strip()
    groups = finding.found(q)
    inside = "HX-Request" in request.headers
    return render_template("web/_found.html" if inside else "web/search.html", q=q, groups=groups)


@bp.get("/pick/<kind>")
def pick(kind: str) -> Response:
    """Return what a picker offers for the text typed so far."""
    return jsonify(items=finding.choices(kind, request.args.get("q", "").strip()))


@bp.get("/deals/<number>/strip")
@requires("core.deals")
def deal_strip(number: str) -> str:
    """Return a deal's money-and-goods strip."""
    compact = bool(request.args.get("compact"))
    return render_template("web/_strip.html", deal=deals.deal(number), compact=compact)


@bp.get("/deals/<number>/entries")
@requires("core.deals")
def deal_entries(number: str) -> str:
    """Return the entries behind one figure of the strip, or the whole story of the deal."""
    deal = deals.deal(number)
    figure = request.args.get("figure", "")
    told = story.told(deals.entries(deal.deal_id), figure)
    inside = "HX-Request" in request.headers
    return render_template(
        "web/_entries.html" if inside else "web/entries.html",
        deal=deal,
        figure=figure,
        title=story.FIGURES.get(figure),
        entries=told,
    )


@bp.post("/preferences/language")
@public
def choose_language() -> ResponseReturnValue:
    """Keep the language: in the person's account, and on this device for the sign-in page."""
    code = request.form.get("language", "")
    answer = redirect(_back(), 303)
    if code in languages.LANGUAGES:
        person = current_person_or_none()
        if person is not None:
            people.choose_language(person.id, code)
        answer.set_cookie(languages.COOKIE, code, max_age=_YEAR, samesite="Lax", httponly=True)
    return answer


@bp.post("/preferences/theme")
@public
def choose_theme() -> ResponseReturnValue:
    """Keep the theme on this device."""
    answer = redirect(_back(), 303)
    if (theme := request.form.get("theme", "")) in look.THEMES:
        answer.set_cookie(look.COOKIE, theme, max_age=_YEAR, samesite="Lax", httponly=True)
    return answer


def _back() -> str:
    return local_or_home(request.form.get("next"))
