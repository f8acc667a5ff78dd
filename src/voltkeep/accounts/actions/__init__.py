"""What can be done with organisations, people, sign-ins and tokens."""
