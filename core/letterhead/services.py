"""Write down what the company says of itself."""

from dataclasses import replace

from core.company import Company, company, describe_company
from core.text import tidy

#: What the owner may change; currency and time zone stay as they were when the company began.
FIELDS = ("name", "phone", "address", "tax_number", "bank_account")


def write_letterhead(
    *, name: str, phone: str, address: str, tax_number: str, bank_account: str
) -> Company:
    """Keep what stands on every paper from now on."""
    written = replace(
        company(),
        name=tidy(name),
        phone=tidy(phone),
        address=tidy(address),
        tax_number=tidy(tax_number),
        bank_account=tidy(bank_account),
    )
    describe_company(written)
    return written
