"""Couriers: how replies reach customers."""
