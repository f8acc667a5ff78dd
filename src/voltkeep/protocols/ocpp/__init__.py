"""Open Charge Point Protocol over WebSocket (OCPP-J)."""
