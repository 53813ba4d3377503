"""What others draw and print with, each a program of its own that the benchmarks talk to."""
