"""Entitlements, and the terms that cases use."""
