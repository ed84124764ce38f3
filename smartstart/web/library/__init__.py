"""Pages of learned answers: read, write anew, look at a draft; similar ones while typing."""
