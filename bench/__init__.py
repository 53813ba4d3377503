"""Benchmarks, run by hand: each prints its figures beside what one would pick instead."""
