"""Config: settings, addresses and how the house is started. The only room that knows all others."""
