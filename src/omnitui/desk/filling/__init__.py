"""Filling a store from data files: what ships, and what administrators write."""
