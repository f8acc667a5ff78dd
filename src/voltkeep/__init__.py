"""Voltkeep: a charging point management system."""
