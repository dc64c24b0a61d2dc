"""Warranties for programs."""

from typing import Any
from uuid import UUID

from flask import Response

from core.api.paging import answer
from core.papers.answers import pdf_answer
from core.people.identity import requires
from modules.service.api.base import blp
from modules.service.models import Warranty, WarrantyClaim, WarrantyTerms
from modules.service.papers import warranty_card
from modules.service.queries import claims as claim_queries
from modules.service.queries import warranties as queries
from modules.service.schemas.warranties import (
    ClaimPage,
    ClaimsArgs,
    ClaimSchema,
    ConfirmSchema,
    DismissSchema,
    EndSchema,
    ExtendSchema,
    RegisterSchema,
    TermsListSchema,
    TermsSchema,
    WarrantiesArgs,
    WarrantyPage,
    WarrantySchema,
)
from modules.service.services import warranties as services


@blp.get("/warranties")
@blp.arguments(WarrantiesArgs(), location="query")
@blp.response(200, WarrantyPage)
@requires("service.work")
def list_warranties(args: dict[str, Any]) -> dict[str, Any]:
    """List warranties, the latest first; a serial number leads to order and customer."""
    args["customer_id"] = args.pop("customer")
    return answer(queries.warranties(**args), lambda row: row)


@blp.get("/warranties/<uuid:warranty_id>")
@blp.response(200, WarrantySchema)
@requires("service.work")
def show_warranty(warranty_id: UUID) -> Warranty:
    """Show a warranty and its journal."""
    return queries.warranty(warranty_id)


@blp.get("/warranties/<uuid:warranty_id>/card")
@blp.response(200)
@requires("service.work")
def print_card(warranty_id: UUID) -> Response:
    """Print the warranty card as a PDF."""
    row = queries.warranty(warranty_id)
    return pdf_answer(warranty_card(row), f"warranty-{row.id}")


@blp.post("/warranties/<uuid:warranty_id>/register")
@blp.arguments(RegisterSchema())
@blp.response(200, WarrantySchema)
@requires("service.work")
def register(args: dict[str, Any], warranty_id: UUID) -> Warranty:
    """Register a warranty for the buyer, or for somebody else who has the goods."""
    return services.register_by_staff(warranty_id, **args)


@blp.post("/warranties/<uuid:warranty_id>/extend")
@blp.arguments(ExtendSchema())
@blp.response(200, WarrantySchema)
@requires("service.lead")
def extend(args: dict[str, Any], warranty_id: UUID) -> Warranty:
    """Let a warranty end later, such as for the time of a repair."""
    return services.extend(warranty_id, **args)


@blp.post("/warranties/<uuid:warranty_id>/end")
@blp.arguments(EndSchema())
@blp.response(200, WarrantySchema)
@requires("service.lead")
def end(args: dict[str, Any], warranty_id: UUID) -> Warranty:
    """End a warranty before its time."""
    return services.end(warranty_id, **args)


@blp.get("/warranty-claims")
@blp.arguments(ClaimsArgs(), location="query")
@blp.response(200, ClaimPage)
@requires("service.work")
def list_claims(args: dict[str, Any]) -> dict[str, Any]:
    """List registrations that somebody has to look at, or has looked at."""
    return answer(claim_queries.claims(**args), lambda row: row)


@blp.post("/warranty-claims/<uuid:claim_id>/confirm")
@blp.arguments(ConfirmSchema())
@blp.response(200, WarrantySchema)
@requires("service.work")
def confirm(args: dict[str, Any], claim_id: UUID) -> Warranty:
    """Believe a registration: the warranty is hers."""
    return services.confirm_claim(claim_id, **args)


@blp.post("/warranty-claims/<uuid:claim_id>/dismiss")
@blp.arguments(DismissSchema())
@blp.response(200, ClaimSchema)
@requires("service.work")
def dismiss(args: dict[str, Any], claim_id: UUID) -> WarrantyClaim:
    """Do not believe a registration, and say why."""
    return services.dismiss_claim(claim_id, **args)


@blp.get("/warranty-terms")
@blp.response(200, TermsListSchema)
@requires("service.work")
def list_terms() -> dict[str, Any]:
    """List what is promised for each product, first for all that have no own terms."""
    return {"items": queries.all_terms()}


@blp.patch("/warranty-terms")
@blp.arguments(TermsSchema())
@blp.response(200, TermsSchema)
@requires("service.set_rules")
def set_terms(args: dict[str, Any]) -> WarrantyTerms:
    """Set what is promised for a product that is delivered from now on."""
    return services.set_terms(args.pop("sku"), **args)
