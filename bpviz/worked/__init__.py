"""Worked examples and two rules compared: the data with the methods that open a view."""

from bpviz.worked.example import WorkedExample

__all__ = ["WorkedExample"]
