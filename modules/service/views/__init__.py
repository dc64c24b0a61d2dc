"""Screens of service: whom to call, complaints, warranties; and pages that need no account."""

from modules.service.views import (
    causes,
    complaints,
    feedback,
    others,
    public,
    rules,
    steps,
    today,
    warranties,
)
from modules.service.views.base import bp, public_bp

#: Also served, at addresses of their own.
other_bps = (public_bp,)

__all__ = [
    "bp",
    "causes",
    "complaints",
    "feedback",
    "other_bps",
    "others",
    "public",
    "rules",
    "steps",
    "today",
    "warranties",
]
