"""Products, for programs."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from core.api.paging import answer
from core.people import requires
from core.products import queries, services
from core.products.models import Product
from core.products.schemas import (
    ProductChangeSchema,
    ProductsArgs,
    ProductSchema,
    ProductShown,
    ProductsPage,
)

blp = Blueprint(
    "products-api",
    __name__,
    url_prefix="/api/v1/products",
    description="What is sold; prices include tax.",
)


@blp.get("")
@blp.arguments(ProductsArgs(), location="query")
@blp.response(200, ProductsPage)
def products(args: dict[str, Any]) -> dict[str, Any]:
    """List products in the order of their numbers."""
    return answer(queries.products(**args))


@blp.post("")
@requires("core.edit_products")
@blp.arguments(ProductSchema())
@blp.response(201, ProductShown)
def create_product(entered: dict[str, Any]) -> Product:
    """Enter a new product."""
    return services.create_product(**entered)


@blp.get("/<uuid:product_id>")
@blp.response(200, ProductShown)
def product(product_id: UUID) -> Product:
    """Return a product."""
    return queries.product_by_id(product_id)


@blp.patch("/<uuid:product_id>")
@requires("core.edit_products")
@blp.arguments(ProductChangeSchema())
@blp.response(200, ProductShown)
def change_product(changes: dict[str, Any], product_id: UUID) -> Product:
    """Change what is given; the number stays."""
    return services.change_product(queries.product_by_id(product_id).sku, **changes)
