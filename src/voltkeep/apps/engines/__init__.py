"""PostgreSQL and NATS as child processes of one machine's Voltkeep."""
