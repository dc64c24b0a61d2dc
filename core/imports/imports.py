"""What the core itself imports; modules have a file of the same name."""

from core.imports.customer_files import Customers
from core.imports.importer import register
from core.imports.product_files import Products

register(Customers())
register(Products())
