"""Snel schakelen: a question without a name reaches the right expertise in minutes.

Words of this room: an *expertise* (what somebody knows much about) with its *sayings* (how a
parent, a teacher or a young person would say it), a *profile* (what a position knows, where and
when), a *match* (a position for one question, and why). A question is *zonder naam*, never
anonymous: it is treated as personal data.

It must never write a question where it is only looked at: ranking, the identity check and the
words of danger keep nothing, log nothing and send the text nowhere but to the socket of the
language helper.
"""
