"""The search box, for programs."""

from typing import Any

from flask_smorest import Blueprint

from core.people import current_person
from core.search.answers import answers
from core.search.schemas import SearchAnswersSchema, SearchArgs

blp = Blueprint(
    "search-api",
    __name__,
    url_prefix="/api/v1/search",
    description="Customers, orders and products by name, pinyin, phone or number.",
)


@blp.get("")
@blp.arguments(SearchArgs(), location="query")
@blp.response(200, SearchAnswersSchema)
def search(args: dict[str, Any]) -> dict[str, Any]:
    """Find whatever the question fits, best first."""
    current_person()
    return {"items": answers(args["q"], args["limit"]), "next": None}
