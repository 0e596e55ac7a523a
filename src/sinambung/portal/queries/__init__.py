"""Reads that need several apps."""
