"""Symbols, formulas and sentences made from a program."""
