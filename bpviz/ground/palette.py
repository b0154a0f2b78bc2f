"""Colours by meaning, light and dark, shared by the player and the figures.

Hues follow Okabe & Ito's set, which stays distinct for colour-blind readers; no meaning hangs on colour alone.
"""

LIGHT_AND_DARK = {
    "paper": ("#ffffff", "#14171c"),
    "panel": ("#f4f6f8", "#1b1f26"),
    "line": ("#d5dae0", "#363c45"),
    "edge": ("#a8b0ba", "#59626e"),
    "ink": ("#1a1d21", "#e8ebef"),
    "muted": ("#5b6472", "#a3adba"),
    "forward": ("#0072b2", "#56b4e9"),
    "forward-soft": ("#e8f3fa", "#182f3f"),
    "negative": ("#ba4d08", "#f08a4b"),
    "loss": ("#8a6100", "#ffd24a"),
    "loss-soft": ("#fdf3d6", "#3b3115"),
    "backward": ("#a0428a", "#e29ccb"),
    "backward-soft": ("#f6e6f2", "#3a2436"),
    "update": ("#007a58", "#33c79a"),
    "update-soft": ("#e6f5f0", "#14352b"),
    "focus": ("#f0b000", "#ffd24a"),
}
"""Name → (colour on a light page, colour on a dark page), as sRGB hex."""
