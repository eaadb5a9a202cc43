"""The reader: what people really write, understood on this machine. Pure package, no Django.

>>> from zueinander.understanding.reader import Reader
>>> reader = Reader.load()
>>> reader.read("Noch ein Platz frei am 24., Kempten").intent
'offer'
"""

from . import places
from .places import Place, lookup
from .reader import Reader
from .reading import INTENTS, VERSION, Contact, Evidence, PlaceMention, Reading, Refused, When

__all__ = [
    "INTENTS",
    "VERSION",
    "Contact",
    "Evidence",
    "Place",
    "PlaceMention",
    "Reader",
    "Reading",
    "Refused",
    "When",
    "lookup",
    "places",
]
