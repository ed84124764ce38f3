"""Forms of people: allauth's with our words, and our own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm
from allauth.account.forms import ReauthenticateForm as AllauthPasswordAgainForm
from allauth.account.forms import SetPasswordForm as AllauthSetPasswordForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from smartstart.access.permissions import Role
from smartstart.people.queries import House
from smartstart.web.once import OnceForm

USER_NAME = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]{2,59}$",
    _("Use 3 letters or more. Only letters, numbers, dots and dashes."),
)
PASSWORD_HELP = _("At least 10 letters or numbers. A short sentence is easy to remember.")
ONE_TIME = {"autocomplete": "one-time-code", "spellcheck": "false"}
SEED_SALT = "people.phone-app"
SEED_LASTS = timedelta(hours=1)
CARD = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}


def _plain(field: forms.Field, label: Any, help_text: Any = "", **attributes: str) -> None:
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


class SignInForm(LoginForm):
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["login"], _("User name"), autocapitalize="none", spellcheck="false")
        _plain(self.fields["password"], _("Password"))


class PasswordAgainForm(AllauthPasswordAgainForm):
    """The password once more, before something important changes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["password"], _("Password"))


class ChangePasswordForm(AllauthChangePasswordForm):
    """Another password: the old one, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["oldpassword"], _("Your password now"))
        _plain(self.fields["password1"], _("Your new password"), PASSWORD_HELP)
        _plain(self.fields["password2"], _("Your new password once more"))


class SetPasswordForm(AllauthSetPasswordForm):
    """A first password, for who came in with a card."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["password1"], _("Your new password"), PASSWORD_HELP)
        _plain(self.fields["password2"], _("Your new password once more"))


class SecondKeyForm(AuthenticateForm):
    """The code of the phone app, or one from the list of spare codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text = _("Six numbers from the app on your phone, or one of your spare codes.")
        _plain(self.fields["code"], _("Code"), help_text, **ONE_TIME)


class SecondKeyAgainForm(ReauthenticateForm):
    """The same, before something important changes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text = _("Six numbers from the app on your phone, or one of your spare codes.")
        _plain(self.fields["code"], _("Code"), help_text, **ONE_TIME)


class PhoneAppForm(ActivateTOTPForm):
    """The first code of a phone app.

    The seed that the picture shows travels in the form, signed for this account and an hour: so
    looking at the page keeps nothing, and two open tabs do not spoil each other.
    """

    data: Any
    seed = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)
        self.user = user
        known = self._known_seed()
        self.is_late, self.secret = self.is_bound and not known, known or generate_totp_secret()
        token = signing.dumps([user.pk, self.secret], salt=SEED_SALT)
        self.initial["seed"] = token
        if self.is_late:
            self.data = {**self.data.dict(), "seed": token}
        help_text = _("The six numbers that the app shows now.")
        _plain(self.fields["code"], _("Code from the app"), help_text, **ONE_TIME)

    def _known_seed(self) -> str:
        try:
            token = self.data.get("seed", "")
            owner, seed = signing.loads(token, salt=SEED_SALT, max_age=SEED_LASTS)
        except signing.BadSignature:
            return ""
        return seed if owner == self.user.pk else ""

    def clean_code(self) -> str:
        """Hold the code against the seed of the picture that was shown."""
        if self.is_late:
            raise ValidationError(_("This picture is too old. Point your phone at the new one."))
        code: str = super().clean_code()
        return code


class PasskeyForm(AddWebAuthnForm):
    """A passkey: always one that asks for finger, face or PIN, so that it is two keys in one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"] = forms.BooleanField(
            required=False, initial=True, widget=forms.CheckboxInput(attrs={"hidden": True})
        )
        _plain(
            self.fields["name"],
            _("What you call this key"),
            _("For example: my phone."),
            autocomplete="off",
        )


class CardForm(forms.Form):
    """User name and the code of a card, or the code after a lost phone."""

    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    code = forms.CharField(
        label=_("Code on your card"),
        help_text=_("Capitals and dashes do not matter."),
        max_length=60,
        widget=forms.TextInput(attrs=CARD),
    )


class UnlockForm(forms.Form):
    """One thing that only you know or have."""

    secret = forms.CharField(
        label=_("Password or code"),
        help_text=_("Your password, the code from your app, or the code on your card."),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class InvitationCodeForm(forms.Form):
    """The code that somebody gave you."""

    code = forms.CharField(
        label=_("Code on your invitation"),
        help_text=_("Capitals and dashes do not matter."),
        max_length=60,
        widget=forms.TextInput(attrs=CARD),
    )


class TakeInvitationForm(InvitationCodeForm):
    """The code, and the account that it becomes. Without a password you get a card."""

    username = forms.CharField(
        label=_("Choose a user name"),
        max_length=60,
        validators=[USER_NAME],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 10 letters or numbers. Leave it empty if you want a card instead."),
        required=False,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str | None:
        """Hold the password to the rules, when there is one."""
        password: str = self.cleaned_data["password"]
        if not password:
            return None
        validate_password(password)
        return password


class InviteForm(OnceForm):
    """Who is invited, as what, until when."""

    shown_as = forms.CharField(label=_("Name that others see"), max_length=80)
    called = forms.CharField(
        label=_("Role, in plain words"),
        help_text=_("For example: behaviour coach."),
        max_length=80,
    )
    role = forms.ChoiceField(
        label=_("May this person invite and end people?"),
        choices=[
            (Role.PROFESSIONAL.value, _("No")),
            (Role.ADMINISTRATOR.value, _("Yes, as an administrator")),
        ],
        initial=Role.PROFESSIONAL.value,
        widget=forms.RadioSelect,
    )
    position = forms.TypedChoiceField(
        label=_("Which function?"), required=False, coerce=int, empty_value=None
    )
    hat_until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, house: House, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        position = cast(forms.TypedChoiceField, self.fields["position"])
        position.choices = [("", _("None")), *((one.pk, one.called) for one in house.positions)]

    def clean_role(self) -> Role:
        """Return the role itself."""
        return Role(self.cleaned_data["role"])


class PositionForm(OnceForm):
    """A function of the organisation."""

    called = forms.CharField(label=_("Function"), max_length=80)
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )


class ColleagueField(forms.TypedChoiceField):
    """A colleague from the list; becomes the number of the account, or None."""

    shows_names = True


class OccupantForm(forms.Form):
    """How a function is called and reached, who does its work, and who takes over."""

    called = PositionForm.base_fields["called"]
    phone = PositionForm.base_fields["phone"]
    occupant_id = ColleagueField(
        label=_("Who does this work?"), required=False, coerce=int, empty_value=None
    )
    cover_id = ColleagueField(
        label=_("Who takes over when this person is away?"),
        required=False,
        coerce=int,
        empty_value=None,
    )

    def __init__(self, *args: Any, house: House, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(one.account.pk, one.account.shown_as) for one in house.people]
        for name in ("occupant_id", "cover_id"):
            field = cast(forms.TypedChoiceField, self.fields[name])
            field.choices = [("", _("Nobody yet")), *people]

    def clean(self) -> dict[str, Any]:
        """Leave as it is what was not asked: who hides names gets no list to choose from."""
        told = super().clean() or {}
        unasked = [name for name in self.fields if self.add_prefix(name) not in self.data]
        return told | {
            name: self.get_initial_for_field(self.fields[name], name) for name in unasked
        }
