"""What this room refuses, each as one plain sentence that says what to do next."""

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal


class FileRefused(Refusal):
    """An uploaded file that is not read; nothing of it is kept."""

    sentence = _("We cannot read this file. Save the text as .docx or .txt and try again.")
    status = 422


class FileIsTooLarge(FileRefused):
    """Refused by its size, before it is read."""

    sentence = _("This file is larger than %(megabytes)s MB. Save only the text and try again.")


class FileIsEmpty(FileRefused):
    """No bytes, or nothing but blanks."""

    sentence = _("This file is empty. Choose the file that holds the interview.")


class FileHasNoText(FileRefused):
    """Bytes that are no words in any encoding we know, or a document without words."""

    sentence = _(
        "We found no text in this file. Save the interview as .docx or .txt and try again."
    )


class FileIsMislabelled(FileRefused):
    """The name says one kind and the content is another."""

    sentence = _(
        "The name “%(name)s” does not fit what is in the file. "
        "Let the name end in %(ending)s and try again."
    )


class FileIsOfAnotherKind(FileRefused):
    """A kind of file that holds no transcript we can read: PDF, RTF, old Word, picture, sound."""

    sentence = _(
        "“%(name)s” is a %(kind)s file and we cannot read that. "
        "Save the text as .docx, .odt, .vtt or .txt and try again."
    )


class FileIsLocked(FileRefused):
    """Encrypted with a password."""

    sentence = _("This file has a password. Save it without a password and try again.")


class FileHasMacros(FileRefused):
    """A document that can run something."""

    sentence = _("This file holds macros. Save it as a plain .docx or .odt and try again.")


class FileHoldsAnotherFile(FileRefused):
    """An archive or program inside the document."""

    sentence = _("Another file is hidden in this file. Take it out, save the text and try again.")


class FileUnpacksTooLarge(FileRefused):
    """A zip bomb, or a document with far too much in it."""

    sentence = _("This file becomes far too large when opened. Save only the text and try again.")


class FileIsUnsafe(FileRefused):
    """External entities, a document type, nesting without end."""

    sentence = _(
        "This file is built in a way that we do not trust. Save the text as .txt and try again."
    )


class FileIsBroken(FileRefused):
    """Damaged on the way, or not well-formed."""

    sentence = _("This file is damaged. Open it yourself, save it again and try once more.")


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
