"""Layered networks in matrix form: both passes over a batch of rows, losses, optimizers, training. Stands on NumPy."""
