"""Other people's automatic differentiation beside ours. PyTorch is imported here alone, when it is asked for."""
