"""A call as it will be said, account by account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zueinander.calls.models import Call
from zueinander.networks.connecting import adapter_for
from zueinander.networks.models import Account
from zueinander.networks.port import BadSettings, Publishes
from zueinander.networks.registry import network


def can_publish(account: Account) -> bool:
    """Whether one can say something to everybody there."""
    try:
        return isinstance(adapter_for(account), Publishes)
    except BadSettings:
        return False


@dataclass(frozen=True)
class Preview:
    """A call as one account would say it. `over`: how much it is too long."""

    account: Account
    text: str
    length: int
    most: int
    over: int


class CallForm(forms.Form):
    """A call's words and where they go. `looking`: only shown, so that nothing has to be chosen yet."""

    text = forms.CharField(label=_("Text"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5}))
    accounts = forms.ModelMultipleChoiceField(
        label=_("Wo veröffentlichen?"), queryset=Account.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, call: Call, data: Any = None, *, looking: bool = False) -> None:
        super().__init__(data, initial={"text": call.text}, auto_id=f"call{call.pk}_%s")
        self.call = call
        chosen = self.fields["accounts"]
        assert isinstance(chosen, forms.ModelMultipleChoiceField)
        able = [a.pk for a in call.campaign.accounts.filter(active=True) if can_publish(a)]
        chosen.queryset = Account.objects.filter(pk__in=able).order_by("network", "name")
        chosen.required = not looking

    def previews(self) -> list[Preview]:
        """One for each account it can go to."""
        text = str(self["text"].value() or "").strip()
        chosen = self.fields["accounts"]
        assert isinstance(chosen, forms.ModelMultipleChoiceField)
        made = []
        for account in chosen.queryset or ():
            rules = network(account.network).rules
            length = rules.count(text)
            made.append(Preview(account, text, length, rules.max_length, max(0, length - rules.max_length)))
        return made

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = set(data.get("accounts") or ())
        for one in self.previews():
            if one.over and one.account in chosen:
                wrong = gettext("Für %(account)s ist der Text um %(n)d Zeichen zu lang.")
                self.add_error("text", wrong % {"account": one.account, "n": one.over})
        return data
