# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""German words about time: what was written, and the day that follows from it where one follows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from .feasts import OCCASIONS, following, the_day
from .fold import Folded
from .reading import When
from .sieve import Sieve

_MONTHS = {
    "januar": 1, "jänner": 1, "jaenner": 1, "jan": 1, "februar": 2, "feber": 2, "feb": 2, "märz": 3, "maerz": 3, "mär": 3,
    "april": 4, "apr": 4, "mai": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "august": 8, "aug": 8, "september": 9,
    "sept": 9, "sep": 9, "oktober": 10, "okt": 10, "november": 11, "nov": 11, "dezember": 12, "dez": 12,
    "december": 12, "dec": 12, "january": 1, "february": 2, "october": 10, "march": 3, "may": 5, "june": 6, "july": 7, "dezämber": 12,
}  # fmt: skip
_MON = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAYS = {
    "mo": 0, "montag": 0, "montog": 0, "mendig": 0, "maandag": 0, "mäntig": 0, "mentig": 0, "monday": 0, "di": 1, "dienstag": 1, "zinstig": 1, "dingsdag": 1, "zischtig": 1, "zyschtig": 1,
    "ziischtig": 1, "tuesday": 1, "mi": 2, "mittwoch": 2, "mittwuch": 2, "midwuch": 2, "wednesday": 2, "do": 3, "dunnerschtig": 3, "dunnersdag": 3,
    "donnerstag": 3, "dunschtig": 3, "donschtig": 3, "thursday": 3, "fr": 4, "freitag": 4, "freidog": 4, "freedag": 4, "friitig": 4, "fritig": 4, "friday": 4,
    "sa": 5, "samstag": 5, "samsdog": 5, "samschdig": 5, "sünnavend": 5, "samschtig": 5, "sonnabend": 5, "saturday": 5, "so": 6, "sonntag": 6, "sunntag": 6, "sunndog": 6, "sonndag": 6, "sünndag": 6, "sunntig": 6, "suntig": 6, "sunday": 6,
}  # fmt: skip
_LONG_DAYS = "|".join(d for d in sorted(_DAYS, key=len, reverse=True) if len(d) > 2)

_SAFE_DAY = (
    r"(?:am |vom |ab |bis |der |den |dem |zum |auf den |für den |,|\(|und |& ?|\+ ?|/|bis zum |oder |u\. |- ?|(?:"
    + _LONG_DAYS
    + r"|mo|di|mi|do|fr|sa|so)\.?,? (?:den |dem |der )?)"
)
_NOT_ORD = r"(?! ?(?:platz(?! (?:für|frei|bei|am|an|in))|etage|stock|og\b|klasse|geburtstag|bezirk|mal\b|mannschaft|auflage|band|kind|versuch|person|semester|runde|liga|bundesliga|weltkrieg|advent|jahrhundert|lebens\w*|halbzeit|stelle|teil|kapitel|hochzeit\w*|woche|monat|schwanger|tweet|in den \d|\d{3}))"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("range-month", r"\b(\d{1,2})\.?(?: ?(" + _MON + r")\.?| ?(\d{1,2})\.)? ?(?:-|bis(?: zum)?|und) ?(\d{1,2})\. ?(?:(" + _MON + r")\b|(\d{1,2})\.?(?!\d))(?: ?(\d{4}|'?\d{2})\b)?"),
    ("iso", r"\b(20\d\d)-(\d\d)-(\d\d)\b(?!t\d)"),
    ("month", r"\b(?:im|ab|mitte|ende|anfang|bis|für den|für|den|in|nach|über den|kommenden|nächsten|gegen ende|spätestens|early|mid|late|until|by|this|next) (?:(?:mitte|ende|anfang|ganzen|kommenden|nächsten) )?(?:januar|jänner|jenner|februar|feber|märz|april|mai|juni|juli|august|september|oktober|november|dezember|january|february|march|june|july|october|december)\b(?! ?\d)"),
    ("birthday", r"(?:hat|hab|habe|haben|hatte) am (\d{1,2})\.(?= ?geburtstag)"),
    ("numeric", r"(?<![\d.:,])(?<!\d\d )(?<!python )(?<!version )(?<!km )(?<!windows )(?<!android )(?<!ios )(?<!note )(?<!schnitt )(?<!kapitel )(\d{1,2})\. ?(\d{1,2})(?:\. ?(\d{4}|\d{2}(?!\d|:|\.\d| ?uhr))?|(?=[\s,;)!?]|$))(?![\d%€]| ?(?:€|euro|eur\b|chf|mio|prozent|kg|km\b|uhr|h\b|std|liter|millionen|mrd|surround|zoll|gb\b|tb\b|ghz|sterne|meter|prozent))"),
    ("slash", r"(?<=am )(\d{1,2})/(\d{1,2})\b(?!/)|(?<![\d/])(2[4-6]|31)/(12)\b(?!/)"),
    ("named", r"\b(\d{1,2})(?:\.|ten|te[rn]|th|st|nd|rd)? ?(?:of )?(" + _MON + r")\b\.?(?: ?(20\d\d))?"),
    ("en-named", r"\b(december|dec|dez|january|november|october|september|august|july|june|april|march)\.? (\d{1,2})(?:th|st|nd|rd)?\b"),
    ("days", r"(?<![\d.,:])(\d{1,2})\. ?(?:-|bis(?: zum)?|auf(?: den)?) ?(\d{1,2})\.(?!\d)" + _NOT_ORD),
    ("days-plain", r"(?<=vom )(\d{1,2})\.? ?(?:-|bis(?: zum)?) ?(\d{1,2})(?:\.|ten)?(?![\d:])"),
    ("day", r"(?=\d)(?:(?<=am )|(?<=ab )|(?<=bis )|(?<=vom )|(?<=zum )|(?<=den )|(?<=und )|(?<=& )|(?<=\+ )|(?<=/)|(?<=, )|(?<=oder )|(?<=der )|(?<=dem )|(?<=so )|(?<=mo )|(?<=di )|(?<=mi )|(?<=do )|(?<=fr )|(?<=sa )|(?<=u )|(?<=u\. )|(?<=fürn )|(?<=am)|(?<=em )|(?<=-)|(?<=\())(\d{1,2})\.(?!\d|:\d)(?! ?(?:-|bis) ?\d)" + _NOT_ORD),
    ("day-alone", r"(?<![\w.,:/€-])(?<!\d )(2[3-6]|31)\.(?=[ ,:?!)]|$)(?! ?(?:-|bis) ?\d)" + _NOT_ORD),
    ("day-and", r"(?<![\d.,:])(\d{1,2})\.(?=,? ?(?:u\.|und|&|\+|/|,|oder|und/oder|bzw\.?) ?(?:am |den )?\d{1,2}\.(?!\d\d?\.\d))"),
    ("day-ten", r"\b(\d{1,2})(?:ten|\.ten|sten|ster|ste|ter|th)\b" + _NOT_ORD),
    ("pair", r"(?<![\d/.,:(])(2[3-9]|30|31)\.? ?/ ?(?:2[4-9]|30|31|1)\b\.?(?![\d/)])(?! ?(?:dez|jan|jahr))"),
    ("day-bare", r"(?=[123]\d)(?:(?<=am )|(?<=der )|(?<=vom ))(2[0-9]|3[01]|1[0-9])(?=[ ,!?)]|$)(?! ?(?:uhr|jahr|personen|leute|-jähr|%|€|euro|kinder|\d|plätze|uhr|h\b|mal|tage|minuten|stunden|km|:))"),
    ("first-of", r"\b(?:jeden?|jede[nrs]?) (?:ersten|zweiten|dritten|vierten|letzten|1\.|2\.|3\.|4\.|\d\.)? ?(?:" + _LONG_DAYS + r"|mo|di|mi|do|fr|sa|so)\b(?: im monat)?|\b(?:jede[nrs]? (?:woche|tag|monat|abend|wochenende|morgen|nacht|nachmittag|vormittag)|(?:ein|zwei|1|2|3|drei)(?:mal|x| mal) (?:im monat|pro woche|die woche|wöchentlich|in der woche|pro monat)|alle (?:zwei|2|vier|4) wochen|wöchentlich|every (?:" + _LONG_DAYS + r"))"),
    ("relative", r"\b(?:heute?|hüü?t|heite?)(?: ?(?:abend|nacht|nachmittag|früh|mittag|morgen|znacht|obend|zabig|z'?abig))?\b|\b(?:übermorgen|vorgestern|gestern|gäschter|geschtert?)(?: ?(?:abend|nacht|nachmittag|früh|mittag))?\b|\bmorgen(?: ?(?:abend|nacht|nachmittag|früh|mittag|vormittag))?(?: \d{1,2} ?uhr)?\b|\b(?:diese|letzte|vorletzte|vergangene|nächste) nacht\b|\blast (?:night|week|weekend)\b|\b(?:weihnachts|oster|pfingst|sommer|herbst|winter|semester|faschings|schul)ferien\b|\btonight\b|\btomorrow\b|\btoday\b|\byesterday\b|\bmorn\b|\bab sofort\b|\bsofort(?= (?:und|ein))|\bam (?:we|wochenende)\b|\b(?:diese[sn]?|kommende[sn]?|nächste[sn]?|letzte[sn]?|vorige[sn]?|vergangene[sn]?|übernächste[sn]?) (?:woche|wochenende|we)\b|\bwochenende\b|(?<!tag )(?<!woch )\bin (?:zwei|2|drei|3|vier|einer|1|ein paar) (?:tagen|wochen|woche|stunden|stunde)\b|\bthis weekend\b|\bnext week(?:end)?\b"),
    ("weekday-range", r"\b(?:von |vom )?(?:" + _LONG_DAYS + r") (?:auf|bis|und|oder) (?:" + _LONG_DAYS + r")\b"),
    ("weekday", r"\b(?!montage\b)(?:(?:diese[nr]?|kommende[nr]?|nächste[nr]?|letzte[nrm]?|jede[nrs]?|this|next) )?(?:" + _LONG_DAYS + r")(?:s|(?: ?(?:abend|nachmittag|vormittag|nacht|mittag|früh|morgen|evening))|abends?|nachmittags?|vormittags?|e)?\b(?: in (?:einer|zwei|drei) wochen?\b)?|\ban (?:den )?(?:" + _LONG_DAYS + r")en\b|\b(?!nur so\b)(?:am|diesen|nächsten|kommenden|jeden|bis|ab|nur) (?:mo|di|mi|do|fr|sa|so)\b(?! (?:gut|viel|schön|ein|eine|was|wie|oder|etwas|nicht|sehr))(?:\.?(?: ?(?:abend|nachmittag|früh|mittag)))?|\b(?:mo|di|mi|do|fr|sa)(?:\.|,)? ?(?:abend|nachmittag|abends|nachmittags|vormittags?|mittags?|früh)\b|\b(?!fr\.? ?\d+\.\d0\b)(?:mo|di|mi|do|fr)\.?,? ?(?=\d{1,2}\.)|\b(?:mo|di|mi|do|fr|sa) ?(?:-|/|und|oder|bis|auf|\+|&) ?(?:mo|di|mi|do|fr|sa|so)\b"),
    ("daytime", r"(?=[nvawtm])(?<=, )(?:nachmittags|vormittags|abends|wochentags|tagsüber|werktags|mittags)\b|(?<=\. )(?:nachmittags|vormittags|abends|wochentags|tagsüber)(?=,|\.|$)|\b(?:wochentags|werktags|am wochenende)\b"),
)  # fmt: skip
_DAY_ONLY = frozenset(["days", "days-plain", "day", "day-alone", "day-and", "day-ten", "day-bare", "birthday", "pair"])
_GRAMMAR = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
_EACH = tuple(
    re.compile(f"(?:letzte[snrm]? |nächste[snr]? |diese[snr]? |dieses jahr )?(?:{p})") for _, _, p in OCCASIONS
)
_SIEVE = Sieve([*(pattern for _, pattern in _GRAMMAR), *_EACH])
_TAIL = re.compile(r" ?(?:nachmittags?|abends?|vormittags?|mittags?|früh|morgens)\b")
_THEN = re.compile(
    r"\b(?:damals|früher|vor \w+ jahren|vor \w+ monaten|letztes jahr|als (?:kind|student\w*|junge|mädchen|azubi)|(?:19|20)\d\d (?:sass|war|stand|lag|hab|hatte|kam))\b"
)
_PAST = re.compile(
    r"[^.!?\n]{0,80}\b(?:gestorben|gegangen|gezogen|verstorben|verunglückt|verloren|geboren|getrennt|geflohen|gekommen|operiert|erblindet|wurde|worden|moved|died)\b"
)
_WAS = re.compile(r"\b(?:wurde|moved|died|came|war|waren|zog|kam|starb)\b[^.!?\n]{0,60}\Z")
_FEAST_BEHIND = re.compile(
    r" a[nm] (?:\d|heil|silv|weihn|oster|pfing|neuj|niko|erst|zweit|1\.|2\.|christ|stef|karf|dreik|hl)"
)
_HOUR = re.compile(r" ?(?:abend|nacht|nachmittag|mittag|\d)")
_BETWEEN = re.compile(r"\bzwischen \d+ und \Z")  # two ages
_MAYBE = frozenset(["relative", "month", "day"])
_CAT = re.compile(
    r"\b(?:kater|katze|hund|kollege|onkel|opa|herr|namens|heißt|heisst) silvester\b|silvester stallone|\bsilvester \.\.\. also den"
)


def find(folded: Folded, posted: date | None, country: str = "DE") -> list[When]:
    """All mentions of a time, in order, none inside another; feasts on the day the country has them."""
    low = folded.low
    spans: list[tuple[int, int, str | None, str | None]] = []
    could = _SIEVE.candidates(low)
    for number in could:
        if number >= len(_GRAMMAR):
            _occasion(number - len(_GRAMMAR), low, posted, country, spans)
    for number in could:
        if number < len(_GRAMMAR):
            kind = _GRAMMAR[number][0]
            _scan(kind, _SIEVE.finditer(number, low), low, posted, spans)
    out = []
    for start, end, day, occasion in sorted(spans, key=lambda s: s[:2]):
        first, last = folded.span(start, end)
        out.append(When(folded.raw[first:last], first, last, day, occasion))
    return out


def _free(spans: list[tuple[int, int, str | None, str | None]], start: int, end: int) -> bool:
    return all(end <= s or e <= start for s, e, _, _ in spans)


def _occasion(
    number: int, low: str, posted: date | None, country: str, spans: list[tuple[int, int, str | None, str | None]]
) -> None:
    which = OCCASIONS[number]
    if which[0] == "new-years-eve" and _CAT.search(low):
        return
    for match in _SIEVE.finditer(len(_GRAMMAR) + number, low):
        start, end = match.span()
        if start and low[start - 1].isalpha() and low[start - 1] != "s":
            continue
        if _free(spans, start, end):
            spans.append((start, end, the_day(which, match[0], posted, country, low), which[0]))


def _scan(
    kind: str,
    matches: Iterable[re.Match[str]],
    low: str,
    posted: date | None,
    spans: list[tuple[int, int, str | None, str | None]],
) -> None:
    for match in matches:
        start, end = match.span()
        if not _free(spans, start, end) or (kind in _MAYBE and _idle(kind, low, start, end)):
            continue
        ok, day = _value(kind, match, posted)
        tail = _TAIL.match(low, end) if kind.startswith(("day", "num", "named")) else None
        end = tail.end() if tail else end
        if ok:
            while end > start and low[end - 1] == " ":
                end -= 1
            spans.append((start, end, day, None))


def _idle(kind: str, low: str, start: int, end: int) -> bool:
    """ "guten Morgen", "die Welt von morgen", "einsam war gestern", "im Mai gestorben": no time of anything."""
    if kind == "month":
        return _PAST.match(low, end) is not None or _WAS.search(low, max(0, start - 70), start) is not None
    before = low[max(0, start - 15) : start]
    if kind == "day":
        return _BETWEEN.search(before) is not None
    if before.endswith(" war ") and low.startswith("gestern", start) and low[end : end + 1] in ("!", ":", ".", ""):
        return True
    before = before[-7:]
    if low.startswith("heute", start) and (
        (before.endswith("bis ") and not _HOUR.match(low, start + 5)) or _THEN.search(low, 0, start)
    ):
        return True  # "bis heute", "damals ... Heute lebe ich": the life of now
    if low.startswith("heut", start) and _FEAST_BEHIND.match(low, end):
        return True  # "heute an Silvester": the occasion says it
    return before.endswith(("guten ", "gut'n ", " n ", "'n ", "schönen ", "moin ", " den ", " am ")) and low[
        start:end
    ].startswith("morgen")


def _value(kind: str, m: re.Match[str], posted: date | None) -> tuple[bool, str | None]:
    if kind == "iso":
        return _dated(m[3], m[2], m[1], posted)
    if kind == "range-month":
        if int(m[4]) > 31 or int(m[1]) > 31:
            return False, None
        return _dated(m[1], m[3] or m[2] or m[6] or m[5], m[7], posted)
    if kind in ("numeric", "slash"):
        if kind == "slash":
            return _dated(m[1] or m[3], m[2] or m[4], None, posted)
        return _dated(m[1], m[2], m[3], posted)
    if kind == "named":
        return _dated(m[1], m[2], m[3], posted)
    if kind == "en-named":
        return _dated(m[2], m[1], None, posted)
    if kind == "month":
        return True, None
    if kind in _DAY_ONLY:
        return _bare_day(int(m[1]), posted)
    return True, _relative(m[0], posted)


def _dated(day: str, month: str | None, year: str | None, posted: date | None) -> tuple[bool, str | None]:
    number = _MONTHS.get(month or "") or (int(month) if month and month.isdigit() else 0)
    if not (1 <= int(day) <= 31 and 1 <= number <= 12):
        return False, None
    if year:
        full = int(year.strip("'")) + (2000 if len(year.strip("'")) == 2 else 0)
        try:
            return True, date(full, number, int(day)).isoformat()
        except ValueError:
            return False, None
    found = following(number, int(day), posted)
    return found is not None, found


def _bare_day(day: int, posted: date | None) -> tuple[bool, str | None]:
    """A day without a month: the next such day, in December when nothing else is known."""
    if not 1 <= day <= 31:
        return False, None
    if posted is None:
        return True, f"12-{day:02}" if day >= 20 else None
    for ahead in range(62):
        candidate = posted + timedelta(days=ahead)
        if candidate.day == day:
            return True, candidate.isoformat()
    return True, None


def _relative(words: str, posted: date | None) -> str | None:
    if posted is None or words.startswith(("jede", "alle", "einmal", "every")):
        return None
    ahead = {"übermorgen": 2, "vorgestern": -2, "gestern": -1, "gäschter": -1, "gescht": -1, "yesterday": -1, "morgen": 1, "tomorrow": 1, "morn": 1,
             "heut": 0, "hüt": 0, "hüüt": 0, "heit": 0, "diese nacht": 0, "letzte nacht": -1, "vergangene nacht": -1, "tonight": 0, "today": 0, "ab sofort": 0}  # fmt: skip
    for start, days in ahead.items():
        if words.startswith(start):
            return (posted + timedelta(days=days)).isoformat()
    for name in re.findall(r"[a-zäöü]+", words):
        for day, number in _DAYS.items():
            if name == day or (len(day) > 2 and name.startswith(day)):
                days = (number - posted.weekday()) % 7
                return (posted + timedelta(days=days - 7 if words.startswith("letzte") else days)).isoformat()
    if "wochenende" in words or words.endswith(" we"):
        past = 7 if words.startswith(("letzte", "vorige", "vergangene")) else 0
        return (posted + timedelta(days=(5 - posted.weekday()) % 7 - past)).isoformat()
    return None
