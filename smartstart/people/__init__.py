"""People: accounts, hats, organisations, positions, and signing in.

Turns an account and the hat it wears into an ``Actor``. A request acts under exactly one hat.
No account needs an e-mail address. Must never let anybody act in another's account.
"""
