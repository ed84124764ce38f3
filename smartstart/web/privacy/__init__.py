"""What we keep about people, said plainly: one page per role, and the register of processing."""
