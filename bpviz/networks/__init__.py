"""Networks in layers: their program, their picture and the stories they tell."""
