"""Where a home is: written by an adult who lives there, read by nobody outside it."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from smartstart.circle.operations_opening import set_address
from smartstart.circle.queries_address import address_of
from smartstart.circle.scene import scene
from smartstart.web.circle.frame import family_page
from smartstart.web.visit import VisitorRequest, signed_in


class AddressForm(forms.Form):
    """An address as one would write it on an envelope, and whether nobody may learn it."""

    words = forms.CharField(
        label=gettext_lazy("Street, number, postcode and town"),
        help_text=gettext_lazy("Leave this empty to take it away."),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    is_secret = forms.BooleanField(
        label=gettext_lazy("This address is secret"),
        help_text=gettext_lazy("Then you see a warning when you are about to write it down."),
        required=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def address(request: VisitorRequest, ref: UUID) -> HttpResponse:
    """Show where the home is; on POST an adult who lives there writes it anew."""
    there = address_of(scene(request.reading, ref))
    told = {"words": there.words, "is_secret": there.is_secret}
    form = AddressForm(request.POST or None, initial=told)
    if not form.is_valid():
        return family_page(request, "address", ref, form=form, there=there)
    set_address(request.actor, ref, at=request.now, **form.cleaned_data)
    kept = _("Kept. Only who lives here reads it.")
    gone = _("Taken away. No address is kept here now.")
    messages.success(request, kept if form.cleaned_data["words"] else gone)
    return redirect("circle:address", ref)
