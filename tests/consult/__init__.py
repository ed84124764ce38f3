"""Tests of the room consult."""
