"""Shipments as plain values, for the handlers that write them and the acts that decide by them."""

from typing import Final

from core.aggregates import Aggregate, Part
from modules.warehouse.models.goods import Shipment, ShipmentLine

LINES: Final = Part("lines", ShipmentLine, "position")
SHIPMENTS: Final = Aggregate(Shipment, LINES)
