"""What people do with pilots: propose, answer, run, mark, explain, decide, ask, learn."""

from smartstart.programme.operations.answering import (
    Beginning,
    Seen,
    accept_proposal,
    close_pilot,
    decline_proposal,
    propose_pilot,
    publish_pilot,
    start_pilot,
)
from smartstart.programme.operations.asking import (
    answer_request,
    ask_decision,
    ask_for_figures,
    note_ethics,
    take_decision,
)
from smartstart.programme.operations.knowing import (
    add_figure,
    change_question,
    count_who_took_part,
    remove_figure,
)
from smartstart.programme.operations.learning import answer_lesson, withdraw_lesson, write_lesson
from smartstart.programme.operations.placing import NewPlace, NewTown
from smartstart.programme.operations.standing import (
    end_deviation,
    explain_deviation,
    mark_evidence,
    take_back_evidence,
)
from smartstart.programme.operations.teaming import add_to_team, end_in_team

__all__ = [
    "Beginning",
    "NewPlace",
    "NewTown",
    "Seen",
    "accept_proposal",
    "add_figure",
    "add_to_team",
    "answer_lesson",
    "answer_request",
    "ask_decision",
    "ask_for_figures",
    "change_question",
    "close_pilot",
    "count_who_took_part",
    "decline_proposal",
    "end_deviation",
    "end_in_team",
    "explain_deviation",
    "mark_evidence",
    "note_ethics",
    "propose_pilot",
    "publish_pilot",
    "remove_figure",
    "start_pilot",
    "take_back_evidence",
    "take_decision",
    "withdraw_lesson",
    "write_lesson",
]
