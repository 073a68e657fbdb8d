"""SLA: targets in business time, their tracking and status."""
