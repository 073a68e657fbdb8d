"""Conversations from hand to hand: taken, handed on, asked about, put off, overseen."""
