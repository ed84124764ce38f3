"""Programme on the web: the public site about pilots, and the desk of who runs them."""
