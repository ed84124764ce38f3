"""What a board refuses, each as one plain sentence that says what to do next."""

from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import Refusal


class BoardCodeOpensNothing(Refusal):
    """A code that is wrong, or of a board that is closed."""

    sentence = _("This code does not fit. Look at the screen in the room and try again.")
    status = 422


class BoardIsLocked(Refusal):
    """Nothing changes while a facilitator holds the board."""

    sentence = _("The board is locked now. Your words stay here. Try again in a moment.")
    status = 423


class BoardIsClosed(Refusal):
    """A board that is over takes nothing any more."""

    sentence = _("This board is closed. What you wrote stays on your phone.")
    status = 410


class NoteIsEmpty(Refusal):
    """A note without words."""

    sentence = _("Write something first.")
    status = 422


class NoteIsTooLong(Refusal):
    """More than fits on a note."""

    sentence = _("This is too long for a note. Make it two notes.")
    status = 422


class NoteDoesNotFit(Refusal):
    """A step that this board does not know, or about a note that is not yours."""

    sentence = _("That does not fit on this board. Open the page again.")
    status = 422


class NoMoreVotes(Refusal):
    """All votes were given."""

    sentence = _("You gave all your votes. Take one back first.")


class EnoughPhotos(Refusal):
    """As many photos as a board holds."""

    sentence = _("There are eight photos on this board. Take one away first.")


class SomethingChanged(Refusal):
    """What would be undone is not as it was left."""

    sentence = _("Something changed since. Look how it stands now, then do it by hand.")


class EnoughNotesOfOne(Refusal):
    """More notes than one person writes in an evening."""

    sentence = _("You put very many notes on this board. Leave room for the others.")


class BoardIsFull(Refusal):
    """More notes than a room reads."""

    sentence = _("This board is full. Tell the person who leads.")


class EnoughOfOneNetwork(Refusal):
    """More new phones of one address than a full room brings."""

    sentence = _("Very many phones came in over this network. Turn Wi-Fi off, then try again.")
    status = 429


class VeryManyComeIn(BoardIsFull):
    """More new phones in the whole house than all its evenings together bring."""

    sentence = _("Very many phones come in at once. Wait a quarter of an hour, then try again.")
    status = 429
