"""Benchmarks: ratios within one run, so that a slow machine says the same as a fast one."""
