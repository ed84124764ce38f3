"""Pages of a pilot's interviews: plan, consent, text, names, codes, merging, giving back."""
