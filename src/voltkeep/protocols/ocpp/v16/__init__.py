"""OCPP 1.6: one file a message. Facts go in through batches; nothing is answered before it is committed."""
