"""Circle: what a family and the people around it see of their circle."""
