"""What a found stretch of a question seems to be. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Values are for ever: pages choose their words by them."""

    NAME = "name"
    BIRTH = "birth"
    ADDRESS = "address"
    POSTCODE = "postcode"
    NEIGHBOURHOOD = "neighbourhood"
    PHONE = "phone"
    BSN = "bsn"
    MAIL = "mail"
    WEB = "web"
    ACCOUNT = "account"
    PLATE = "plate"
    HANDLE = "handle"
    NUMBER = "number"
    SCHOOL = "school"
    COMBINATION = "combination"


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A stretch of a text before it has a wording."""

    start: int
    end: int
    kind: Kind
