"""The compiled parts: pair values, nearest-first search, auction, bounds. Arrays in, arrays out."""
