"""The address under which programs reach service."""

from flask_smorest import Blueprint

blp = Blueprint(
    "service-api",
    __name__,
    url_prefix="/api/v1/service",
    description="Call-backs after deliveries, complaints, and warranties.",
)
