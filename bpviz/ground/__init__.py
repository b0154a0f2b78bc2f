"""What everything stands on: numbers, texts, checks, colours, tables, chance, progress, words."""
