"""Papers as answers to a browser or a program."""

from flask import Response


def pdf_answer(pdf: bytes, number: str) -> Response:
    """Return a paper to be looked at and printed."""
    answer = Response(pdf, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{number}.pdf"'
    return answer
