"""Simulated customers, their feed, and agents on autopilot."""
