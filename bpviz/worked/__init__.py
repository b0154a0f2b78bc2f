"""Worked examples and two rules compared: the data with the methods that open a view."""

from bpviz.worked.example import WorkedExample
from bpviz.worked.rule_comparison import RuleComparison

__all__ = ["RuleComparison", "WorkedExample"]
