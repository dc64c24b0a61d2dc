"""REST under /api/v1: JSON in and out, problem+json for every error, documented by OpenAPI."""

from core.api.idempotency import idempotent

__all__ = ["idempotent"]
