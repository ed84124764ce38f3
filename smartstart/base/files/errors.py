"""Why a file is not taken, each as one plain sentence that says what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal


class FileRefused(Refusal):
    """A file that is not taken; nothing of it is kept."""

    sentence = _("We cannot read this file. Save it again and choose it once more.")
    status = 422


class FileIsTooLarge(FileRefused):
    """Refused by its size, before it is read."""

    sentence = _("This file is larger than %(megabytes)s MB. Make it smaller and try again.")


class FileIsEmpty(FileRefused):
    """No bytes, or nothing but blanks."""

    sentence = _("This file is empty. Choose another one.")


class FileHasNoText(FileRefused):
    """Bytes that are no words in any encoding we know, or a document without words."""

    sentence = _("We found no text in this file. Save it as .docx or .txt and try again.")


class FileIsMislabelled(FileRefused):
    """The name says one kind and the content is another."""

    sentence = _(
        "The name “%(name)s” does not fit what is in the file. "
        "Let the name end in %(ending)s and try again."
    )


class FileIsNotTaken(FileRefused):
    """A kind that is not taken here."""

    sentence = _("We do not take this kind of file here. You can choose: %(kinds)s.")


class FileIsLocked(FileRefused):
    """Encrypted with a password."""

    sentence = _("This file has a password. Save it without a password and try again.")


class FileHasMacros(FileRefused):
    """A document that can run something."""

    sentence = _("This file holds macros. Save it as a plain .docx or .odt and try again.")


class FileHoldsAnotherFile(FileRefused):
    """An archive or program inside the document."""

    sentence = _("Another file is hidden in this file. Take it out, save it and try again.")


class FileHoldsMore(FileRefused):
    """A document with a part that we cannot wash: a chart, an old drawing, a linked picture."""

    sentence = _(
        "This document holds something that we cannot clean. Save it as PDF and try again."
    )


class FileUnpacksTooLarge(FileRefused):
    """A zip bomb, a picture of far too many points, or a document with far too much in it."""

    sentence = _("This file becomes far too large when opened. Make it smaller and try again.")


class FileIsUnsafe(FileRefused):
    """External entities, a document type, nesting without end, a way out to another place."""

    sentence = _(
        "This file is built in a way that we do not trust. Save the text as .txt and try again."
    )


class FileIsBroken(FileRefused):
    """Damaged on the way, or not well-formed."""

    sentence = _("This file is damaged. Open it yourself, save it again and try once more.")


class FileIsAFilm(FileRefused):
    """A recording with moving pictures where only sound is taken."""

    sentence = _("This is a film. Here you can send only sound, a photo or a drawing.")
