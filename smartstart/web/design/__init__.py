"""Pages of design sessions: plan, invite, lead the evening, pay, and answer an invitation."""
