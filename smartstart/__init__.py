"""Smart Start: pilots made together with families, and one circle around one family."""
