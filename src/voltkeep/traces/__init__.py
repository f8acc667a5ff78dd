"""The protocol log: every frame both ways, for support. It is bounded and best effort, no part of what is promised."""
