"""Mail, for who gets it: one page to switch it on and off, and the link in a mail."""
