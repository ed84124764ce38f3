"""Coded interviews in the forms other programs read: REFI-QDA, codebook and table.

REFI-QDA 1.5 (www.qdasoftware.org): a project is a .qdpx, a codebook a .qdc. All functions here
are pure: rows in, bytes out; the same rows give the same bytes, on any machine and day.
A project is held against the order and the attributes of the schema, and against what QualCoder's
importer asks beyond it; no other program has opened one yet: ATLAS.ti, NVivo, MAXQDA untried.
Whoever calls them has already taken out what a consent does not allow.
"""

from smartstart.voices.exchange.codebook import read_codebook, write_codebook
from smartstart.voices.exchange.project import (
    ExportCode,
    ExportCoding,
    ExportNote,
    ExportProject,
    ExportSelection,
    ExportSource,
    ExportUser,
    in_order,
)
from smartstart.voices.exchange.refi_reading import read_project
from smartstart.voices.exchange.refi_writing import write_project
from smartstart.voices.exchange.table import write_fragments, write_table

__all__ = [
    "ExportCode",
    "ExportCoding",
    "ExportNote",
    "ExportProject",
    "ExportSelection",
    "ExportSource",
    "ExportUser",
    "in_order",
    "read_codebook",
    "read_project",
    "write_codebook",
    "write_fragments",
    "write_project",
    "write_table",
]
