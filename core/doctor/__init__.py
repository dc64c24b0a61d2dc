"""Prove that every summary and every view is what the log of events says it is."""

from core.doctor.examination import Report, examine

__all__ = ["Report", "examine"]
