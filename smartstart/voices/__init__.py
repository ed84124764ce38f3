"""Voices: interviews of people, told with consent, coded together and given back.

Words: *interview* (one conversation; its folder is the voice), *transcript*, *pseudonym*,
*segment*, *code*, *coding* (one coder put one code on one stretch of text), *round*, *excerpt*,
*quote*, *codebook*, *member check*, *card* (opens the page of one's own story). A voice belongs to
the person who told it: it is used only as far and as long as that person said yes, and
withdrawing takes it out everywhere.

This room must never show a text outside its consent, let a text be coded before a person
confirmed its pseudonyms, or tell one coder of a blind pair what the other coded.

Operations (``actor`` first, ``at=`` last):

- ``operations``: plan_interview, give_consent (also changes it), withdraw_consent,
  end_what_was_kept.
- ``operations_text``: import_transcript, propose_pseudonyms (by the task), look_again,
  confirm, reject, add_pseudonyms, finish_pseudonyms.
- ``operations_codebook``: add_code, rename_code, merge_codes.
- ``operations_coding``: open_round, code_passage,
  code_precisely, uncode, ready, choose (one difference), merge.
- ``operations_quotes``: make_excerpt (tie its ``knot`` with the thread's ``tie``), ask_approval.
- ``operations_story``: make_card, open_story(code, word, at=); for the interviewee
  approve_quote, change_quote, refuse_quote, say_back, choose_how_to_hear, withdraw_story; for the
  team mark_read.

Queries (``reading`` first): ``queries``: interviews_in, interview_page, checking_page, codebook,
coding_page, excerpts_in, who_can_code, layers_of; ``queries_merging.merging_page``;
``queries_story.story_of``; ``export``: export_project, export_codebook, export_fragments.
"""
