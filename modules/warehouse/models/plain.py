"""Shipments as plain values, for handlers and acts alike, and what sending one off appends."""

from typing import Final

from core.aggregates import Aggregate, Part
from modules.warehouse.models.goods import Dispatch, DispatchLine, Shipment, ShipmentLine

LINES: Final = Part("lines", ShipmentLine, "position")
SHIPMENTS: Final = Aggregate(Shipment, LINES)
DISPATCHED: Final = Part("lines", DispatchLine, "position")
DISPATCHES: Final = Aggregate(Dispatch, DISPATCHED)
