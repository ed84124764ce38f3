"""Boards on screens: phones by code, who leads, and the large screen in the room."""
