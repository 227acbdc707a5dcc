"""The use cases, one module a room: they move values between ports and the domain."""
