"""Photos of paper: washed, painted over and sealed before anything of them reaches the disk."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from smartstart.access.files_kept import files_kept
from smartstart.access.operations import erase_folder
from smartstart.access.reading import Reading
from smartstart.base.keyring import KeyIsGone
from smartstart.base.refusals import NotFound
from smartstart.circle import operations_files
from smartstart.design import errors_boards as errors
from smartstart.design import operations_boards_photos as photos
from smartstart.design import queries_boards as queries
from smartstart.design.boards_photo import INK, painted
from smartstart.design.models.boards import BoardPhoto
from tests.cast import Cast
from tests.design.test_boards import made

RED, GREY = (250, 10, 10), (180, 180, 180)
PLACE = "52.090737 Bovenkerkstraat"


def a_photo(*, wide: int = 800, high: int = 640) -> bytes:
    """A JPEG with a red face in the second square of the third row, and a place in its EXIF."""
    photo = Image.new("RGB", (wide, high), GREY)
    photo.paste(RED, (wide // 10, high // 4, wide // 5, high * 3 // 8))
    exif = Image.Exif()
    exif[0x010E] = PLACE
    out = io.BytesIO()
    photo.save(out, format="JPEG", quality=95, exif=exif)
    return out.getvalue()


def points(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def is_red(point: Any) -> bool:
    return bool(point[0] > 120 and point[1] < 120)


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def on_disk() -> list[Path]:
    return sorted(path for path in Path(settings.FILES_DIR).glob("??/*"))


@pytest.fixture
def shelf(tmp_path: Path, settings: Any) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


def test_what_was_hidden_is_gone_from_every_point_also_beside_the_square() -> None:
    before = a_photo()
    assert is_red(points(before).getpixel((120, 200)))
    after = points(painted(before, [21]))
    colours = after.crop((82, 162, 158, 238)).getcolors(10_000)
    assert {
        isinstance(c, tuple) and max(abs(a - b) for a, b in zip(c, INK, strict=True)) < 9
        for _n, c in colours or []
    } == {True}
    assert not any(is_red(point) for _n, point in after.getcolors(1_000_000) or [])
    assert not is_red(points(painted(before, [21, 500, -3])).getpixel((120, 200)))
    tall = points(painted(a_photo(wide=640, high=800), [0]))
    assert tall.getpixel((20, 20)) != tall.getpixel((300, 600))
    clear = io.BytesIO()
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(clear, format="PNG")
    assert points(painted(clear.getvalue())).getpixel((30, 30)) == (255, 255, 255)


def test_without_script_a_person_hides_squares_before_anything_is_stored(
    cast: Cast, enter: Any, shelf: Path
) -> None:
    board = made(cast, "empathy")
    bram: Client = enter("bram")
    path = f"/boards/{board.pk}/photos/"
    assert "capture" in bram.get(path).content.decode()
    asked = bram.post(path, {"choose": sent("IMG_1.jpg", a_photo())})
    shown = asked.content.decode()
    assert asked.status_code == 200
    assert shown.count('name="cells"') == 80
    assert not shelf.exists()
    picture = base64.b64decode(re.findall(r'name="picture" value="([^"]+)"', shown)[0])
    assert b"Exif" not in picture
    assert PLACE.encode() not in picture

    told = {"picture": base64.b64encode(a_photo()).decode(), "cells": ["21"], "ref": str(board.ref)}
    again = bram.post(f"{path}hide/", told)  # somebody must say that they looked
    assert again.status_code == 422
    assert again.content.decode().count("checked") == 1
    for _twice in range(2):
        assert bram.post(f"{path}hide/", told | {"looked": "on"}).status_code == 302
    (row,) = BoardPhoto.objects.all()
    (kept,) = on_disk()
    assert (kept.name, kept.stat().st_mode & 0o077) == (f"{row.ref.hex}.sealed", 0)
    sealed = kept.read_bytes()
    clear = queries.photo(Reading(cast.actor("bram"), at=cast.now), board.pk, row.ref)
    for marker in (b"Exif", PLACE.encode(), b"JFIF\x00\x01\x02", b"IMG_1"):
        assert marker not in sealed
    assert b"Exif" not in clear
    assert PLACE.encode() not in clear
    assert not any(is_red(point) for _n, point in points(clear).getcolors(1_000_000) or [])
    assert f"{path}{row.ref}/" in bram.get(f"/boards/{board.pk}/").content.decode()
    answer = bram.get(f"{path}{row.ref}/")
    assert (answer["Content-Type"], answer.content) == ("image/jpeg", clear)
    paper = bram.get(f"/boards/{board.pk}/export/pdf/").content
    assert paper.startswith(b"%PDF")
    assert paper.count(b"/Subtype /Image") == 1
    assert enter("joke").get(f"{path}{row.ref}/").status_code == 404

    assert row.ref in files_kept()
    assert operations_files.sweep_files() == 0  # the sweep of another room leaves it alone
    assert bram.post(f"{path}{row.ref}/remove/").status_code == 302
    assert BoardPhoto.objects.count() == 0


def test_script_sends_it_hidden_already_and_what_is_no_photo_is_refused(
    cast: Cast, enter: Any, shelf: Path
) -> None:
    board = made(cast)
    bram: Client = enter("bram")
    path = f"/boards/{board.pk}/photos/"
    refused = {
        "Dit bestand is beschadigd": sent("a.jpg", a_photo()[:300]),
        "Je kunt kiezen": sent("a.jpg", b"<svg onload=alert(1)>"),
        "groter dan 10 MB": sent("a.jpg", a_photo() + b"\x00" * 10 * 1024 * 1024),
        "Dit bestand is leeg": sent("a.jpg", b""),
    }
    for words, file in refused.items():
        answer = bram.post(path, {"take": file, "ready": "yes", "looked": "on"})
        assert (answer.status_code, words in answer.content.decode()) == (422, True), words
    assert bram.post(path, {"ref": ""}).status_code == 422
    assert bram.post(path, {"take": sent("a.jpg", a_photo()), "ready": "yes"}).status_code == 422
    for picture in ("", "geen base64!", base64.b64encode(b"geen foto").decode()):
        looked = {"picture": picture, "looked": "on"}
        assert bram.post(f"{path}hide/", looked).status_code == 422
    assert not shelf.exists()
    assert BoardPhoto.objects.count() == 0

    told = {"take": sent("a.jpg", a_photo()), "ready": "yes", "looked": "on"}
    assert bram.post(path, told).status_code == 302
    assert b"Exif" not in queries.photo(
        Reading(cast.actor("bram"), at=cast.now), board.pk, BoardPhoto.objects.get().ref
    )


def test_photos_are_few_and_go_with_the_key(cast: Cast, shelf: Path) -> None:
    board, bram = made(cast), cast.actor("bram")
    rows = [photos.add_photo(bram, board.pk, b"foto", at=cast.now) for _ in range(8)]
    with pytest.raises(errors.EnoughPhotos):
        photos.add_photo(bram, board.pk, b"foto", at=cast.now)
    with pytest.raises(NotFound):
        photos.remove_photo(bram, board.pk, board.ref, at=cast.now)
    with pytest.raises(NotFound):
        photos.add_photo(cast.actor("joke"), board.pk, b"foto", at=cast.now)
    reading = Reading(cast.actor("bram"), at=cast.now)
    assert queries.photo(reading, board.pk, rows[0].ref) == b"foto"
    with pytest.raises(NotFound):
        queries.photo(Reading(bram, at=cast.now), board.pk, board.ref)
    erase_folder(cast.actor("nadia"), board.folder, at=cast.now)
    with pytest.raises(KeyIsGone):
        queries.photo(Reading(cast.actor("bram"), at=cast.now), board.pk, rows[0].ref)
    assert files_kept().isdisjoint({row.ref for row in rows})
