"""Whether a text is an e-mail address to which something can be sent."""

from marshmallow import ValidationError, validate

LONGEST = 200


def is_address(email: str) -> bool:
    """Whether mails can be sent there, as far as it can be seen."""
    try:
        validate.Email()(email)
    except ValidationError:
        return False
    return len(email) <= LONGEST
