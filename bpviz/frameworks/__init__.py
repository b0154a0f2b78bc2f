"""Other people's automatic differentiation beside ours. PyTorch is imported here alone, when it is asked for."""

from bpviz.frameworks.recorded import recorded
from bpviz.frameworks.stored import found_or_stored

__all__ = ["found_or_stored", "recorded"]
