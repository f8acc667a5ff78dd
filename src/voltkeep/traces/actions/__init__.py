"""What can be done with the protocol log."""
