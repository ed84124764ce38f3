"""One form with every kind of field, to show them all."""

from __future__ import annotations

from django import forms


class SampleForm(forms.Form):
    """Every kind of box; the words are example content, so they are Dutch here."""

    title = forms.CharField(label="Hoe noem je dit?", help_text="Een paar woorden is genoeg.")
    story = forms.CharField(
        label="Wat speelt er?",
        help_text="Schrijf zoals je praat.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    day = forms.DateField(
        label="Welke dag?", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    place = forms.ChoiceField(
        label="Waar?",
        choices=[("", "Kies een plek"), ("school", "Basisschool"), ("food", "Voedselbank")],
    )
    until = forms.ChoiceField(
        label="Tot wanneer?",
        choices=[("answer", "Tot Daan antwoord geeft"), ("day", "Tot een dag die ik kies")],
        widget=forms.RadioSelect,
    )
    parts = forms.MultipleChoiceField(
        label="Wat mag hij lezen?",
        help_text="Alleen wat je aanvinkt.",
        choices=[("note", "Wat Fatima schreef over slapen"), ("own", "Jouw eigen verhaal erbij")],
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.FileField(label="Het gesprek als bestand", required=False)
    agreed = forms.BooleanField(label="Ik heb dit gelezen", help_text="Je kunt later nee zeggen.")
    ticket = forms.CharField(widget=forms.HiddenInput, required=False)
