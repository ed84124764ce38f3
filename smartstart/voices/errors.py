"""What this room refuses, each as one plain sentence that says what to do next."""

from django.utils.translation import gettext_lazy as _

from smartstart.base.files.errors import FileRefused
from smartstart.base.refusals import Refusal


class FileIsOfAnotherKind(FileRefused):
    """A kind of file that holds no transcript we can read: PDF, RTF, old Word, picture, sound."""

    sentence = _(
        "“%(name)s” is a %(kind)s file and we cannot read that. "
        "Save the text as .docx, .odt, .vtt or .txt and try again."
    )


class TextIsTooLong(FileRefused):
    """More than the longest text we take."""

    sentence = _("This text is too long for one interview. Split it into parts and try again.")


class CodebookIsUnreadable(FileRefused):
    """A .qdc file that does not follow REFI-QDA."""

    sentence = _("This is not a codebook we can read. Export it again as .qdc and try again.")


class ProjectIsUnreadable(FileRefused):
    """A .qdpx file that does not follow REFI-QDA."""

    sentence = _("This is not a project we can read. Export it again as .qdpx and try again.")


class NothingToExport(Refusal):
    """REFI-QDA has no empty codebook."""

    sentence = _("There are no codes yet. Make a code first, then export.")


class CodingIsOutsideTheText(Refusal):
    """A stretch that is empty, turned round or past the end."""

    sentence = _("This piece is not in the text. Select the words again.")
    status = 422


class QuoteIsNotApproved(Refusal):
    """A quote with words that the interviewee did not approve."""

    sentence = _(
        "These words do not stand in the piece like this. Choose words from the piece itself."
    )


class ConsentDoesNotReach(Refusal):
    """The interviewee did not say yes to this, or not for this day."""

    sentence = _("The consent does not allow this. Ask the interviewee first.")
