"""The addresses of service: its screens, and the pages that need no account."""

from flask import Blueprint

bp = Blueprint("service", __name__, url_prefix="/service", template_folder="../templates")
public_bp = Blueprint("service_public", __name__)
