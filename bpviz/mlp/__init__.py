"""Networks in matrix form for real training: what `bpviz.MLP` hands out."""

from bpviz.mlp.mlp import MLP

__all__ = ["MLP"]
