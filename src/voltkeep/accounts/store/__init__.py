"""The SQL over organisations, people, browser sessions, API tokens and the audit trail."""
