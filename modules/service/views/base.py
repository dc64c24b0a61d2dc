"""The address of service's screens."""

from flask import Blueprint

bp = Blueprint("service", __name__, url_prefix="/service", template_folder="../templates")
