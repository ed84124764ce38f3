from uuid import uuid4

import pytest

from smartstart.access.actor import VISITOR, Actor, require
from smartstart.access.permissions import MAY, SCOPE, Permission, Role, Scope
from smartstart.base.refusals import NotAllowed

HERE, ELSEWHERE = uuid4(), uuid4()


def actor(role: Role) -> Actor:
    return Actor(role=role, within=HERE, organisation=HERE)


@pytest.mark.parametrize("role", Role)
def test_a_role_reaches_as_far_as_its_scope(role: Role) -> None:
    reach = {
        Scope.NOWHERE: (False, False),
        Scope.OWN: (True, False),
        Scope.PILOT: (True, False),
        Scope.ORGANISATION: (True, False),
        Scope.REGION: (True, True),
    }
    somebody = actor(role)

    assert (somebody.reaches(HERE), somebody.reaches(ELSEWHERE)) == reach[SCOPE[role]]
    assert somebody.reaches(None)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_a_deed_needs_both_permission_and_reach(role: Role, permission: Permission) -> None:
    somebody = actor(role)
    for within in (None, HERE, ELSEWHERE):
        may = permission in MAY[role] and somebody.reaches(within)
        assert somebody.may(permission, within=within) is may
        if may:
            require(somebody, permission, within=within)
        else:
            with pytest.raises(NotAllowed):
                require(somebody, permission, within=within)


def test_a_hat_for_one_pilot_reaches_nothing_when_it_names_none() -> None:
    assert not Actor(role=Role.RESEARCHER).reaches(HERE)
    assert not Actor(role=Role.ADMINISTRATOR, within=HERE).reaches(HERE)


def test_every_role_has_a_scope_and_a_row_in_the_table() -> None:
    assert set(MAY) == set(SCOPE) == set(Role)


def test_nobody_is_a_visitor() -> None:
    assert VISITOR.is_visitor
    assert not actor(Role.PARENT).is_visitor
    assert VISITOR.assurance == 0


def test_who_runs_the_server_or_the_organisation_reads_nothing_of_pilots() -> None:
    reading = {p for p in Permission if p.value.split(".")[0] in {"voice", "thread"}}

    for role in (Role.OPERATOR, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.VISITOR):
        assert not MAY[role] & reading
