# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""German words about time: what was written, and the day that follows from it where one follows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from .fold import Folded
from .reading import When
from .sieve import Sieve

_MONTHS = {
    "januar": 1, "jänner": 1, "jaenner": 1, "jan": 1, "februar": 2, "feber": 2, "feb": 2, "märz": 3, "maerz": 3, "mär": 3,
    "april": 4, "apr": 4, "mai": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "august": 8, "aug": 8, "september": 9,
    "sept": 9, "sep": 9, "oktober": 10, "okt": 10, "november": 11, "nov": 11, "dezember": 12, "dez": 12,
    "december": 12, "january": 1, "february": 2, "october": 10, "march": 3, "may": 5, "june": 6, "july": 7, "dezämber": 12,
}  # fmt: skip
_MON = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAYS = {
    "mo": 0, "montag": 0, "mäntig": 0, "mentig": 0, "monday": 0, "di": 1, "dienstag": 1, "zischtig": 1, "zyschtig": 1,
    "ziischtig": 1, "tuesday": 1, "mi": 2, "mittwoch": 2, "mittwuch": 2, "midwuch": 2, "wednesday": 2, "do": 3,
    "donnerstag": 3, "dunschtig": 3, "donschtig": 3, "thursday": 3, "fr": 4, "freitag": 4, "friitig": 4, "fritig": 4, "friday": 4,
    "sa": 5, "samstag": 5, "samschtig": 5, "sonnabend": 5, "saturday": 5, "so": 6, "sonntag": 6, "sunntig": 6, "suntig": 6, "sunday": 6,
}  # fmt: skip
_LONG_DAYS = "|".join(d for d in sorted(_DAYS, key=len, reverse=True) if len(d) > 2)

# occasion, fixed day as (month, day) or "easter+n", the names people use (folded, as regular expressions)
OCCASIONS: tuple[tuple[str, tuple[int, int] | int | None, str], ...] = (
    ("christmas-day-2", (12, 26), r"(?:2\.?|zweite[nrm]?|zwoate[nr]?|2ten?) ?(?:weihnachts)?feiertag(?:e?s)?|(?:2\.?|zweite[nrm]?) weihnachts?(?:feier)?tag|ste(?:f|ph)an[is]?(?:tag)?\b|stephanstag|stefans?tag|boxing day"),
    ("christmas-day", (12, 25), r"(?:1\.?|erste[nrm]?|easchte[nr]?|1ten?) ?(?:weihnachts)?feiertag(?:e?s)?|(?:1\.?|erste[nrm]?) weihnachts?(?:feier)?tag|christtag(?:es|s)?|christmas day"),
    ("christmas-days", (12, 25), r"(?:beiden? )?weihnachts?feiertage?n?|(?:den |die |beiden |diese |1\. ?(?:und|u\.|\+|&) ?2\. )?feiertage?n?\b|\bfeiertags\b|firtig[ea]|firtäg"),
    ("new-years-eve", (12, 31), r"silve?ster\w*|sylvester(?:abend)?\b|silvetser\b|silvster\b|altjahr(?:s|es)?(?:abend|tag)\b|altjahrabig|jahreswechsel\w*|new year'?s eve|\bnye\b|rutsch ins neue jahr|silveschter"),
    ("new-years-day", (1, 1), r"neujahr(?:s(?:tag|morgen|brunch|essen)?)?\b|new year'?s day"),
    ("christmas-eve", (12, 24), r"heilig(?:e[nrm]?)?[ -]?ab(?:end|nd|dend)(?:s)?|heilig(?:e[nrm]?)?[ -]?o(?:b|w)[ea]+(?:nd)?|heiliobnd|heiligabed|heilgabend|heiligabnd|heiligen? nacht|hl\.? ?(?:abend|abnd)|christmas eve|xmas eve|weihnachtsabend|heil?igab[ei]g|heilig(?:e )?abig|christmette|hl abend|\bhla\b"),
    ("between-the-years", (12, 27), r"zwischen den (?:jahren|tagen|feiertagen)|zwischen weihnachten und (?:neujahr|silvester)|zw\. d(?:en|\.) jahren|rau[ch]?h?n[äa]e?chten?|between the years|zwüsche de fiertig"),
    ("advent", None, r"(?:[1-4]\.?|erste[nrm]?|zweite[nrm]?|dritte[nrm]?|vierte[nrm]?) ?advent(?:s?(?:sonntag|wochenende))?|adventszeit|vorweihnachtszeit|adventssonntage?n?|\badvent\b|adventskaffee"),
    ("st-nicholas", (12, 6), r"\bnikolaus(?:tag|abend)\b|\bnikolo(?:tag|abend)?\b|samichlaus(?:tag)?\b|(?:an |zu |am |zum )nikolaus\b"),
    ("epiphany", (1, 6), r"heilige?n? ?(?:drei|3) ?könige?n?|dreikönig(?:stag|e|en)?|hl\.? ?(?:drei|3) ?könige?"),
    ("carnival", -48, r"rosenmontag|weiberfastnacht|faschings?(?:dienstag)?\b|fasnacht|karneval\b|altweiber"),
    ("good-friday", -2, r"karfreitag(?:s)?|good friday"),
    ("easter-monday", 1, r"ostermontag"),
    ("easter", 0, r"oster(?:sonntag|n|feiertage?n?|wochenende|samstag)\b|ostara|\beaster\b|ostere\b"),
    ("ascension", 39, r"(?:christi )?himmelfahrt(?:stag)?|vatertag|auffahrt\b"),
    ("pentecost", 49, r"pfingst(?:en|sonntag|montag|wochenende)\b"),
    ("corpus-christi", 60, r"fronleichnam"),
    ("mothers-day", None, r"muttertag(?:s)?|mother'?s day"),
    ("valentine", (2, 14), r"valentinstag|valentine'?s"),
    ("women", (3, 8), r"weltfrauentag"),
    ("labour-day", (5, 1), r"tag der arbeit|maifeiertag|1\. mai\b"),
    ("swiss-day", (8, 1), r"1\. august\b|bundesfeier(?:tag)?"),
    ("unity-day", (10, 3), r"tag der deutschen einheit"),
    ("austrian-day", (10, 26), r"nationalfeiertag"),
    ("reformation", (10, 31), r"reformationstag|halloween"),
    ("all-saints", (11, 1), r"allerheiligen"),
    ("st-martin", (11, 11), r"\bmartinstag|\bst\.? martinstag|martini\b"),
    ("ramadan", None, r"ramadan|zuckerfest|opferfest|chanukka|hanukkah?|bayram|nou?ruz"),
    ("christmas", (12, 24), r"weihnacht(?:en|s(?:zeit|tage?n?|fest|wochenende)?)?\b|weihnachten|wiehnacht\w*|wiänacht\w*|weihnochtn|weihnåchtn|\bx-?mas\b|\bchristmas\b|weihnachts(?=tisch|essen|tafel|kaffee|feier|brunch|menü|gans|braten)"),
)  # fmt: skip

_SAFE_DAY = (
    r"(?:am |vom |ab |bis |der |den |dem |zum |auf den |für den |,|\(|und |& ?|\+ ?|/|bis zum |oder |u\. |- ?|(?:"
    + _LONG_DAYS
    + r"|mo|di|mi|do|fr|sa|so)\.?,? (?:den |dem |der )?)"
)
_NOT_ORD = r"(?! ?(?:platz|etage|stock|og\b|klasse|geburtstag|bezirk|mal\b|mannschaft|auflage|band|kind|versuch|person|semester|runde|liga|bundesliga|weltkrieg|advent|jahrhundert|lebens\w*|halbzeit|stelle|teil|kapitel|hochzeit\w*|woche|monat|schwanger|tweet|\d{3}))"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("range-month", r"\b(\d{1,2})\.?(?: ?(" + _MON + r")\.?| ?(\d{1,2})\.)? ?(?:-|bis(?: zum)?|und) ?(\d{1,2})\. ?(?:(" + _MON + r")\b|(\d{1,2})\.?(?!\d))(?: ?(\d{4}|'?\d{2})\b)?"),
    ("iso", r"\b(20\d\d)-(\d\d)-(\d\d)\b(?!t\d)"),
    ("numeric", r"(?<![\d.:,])(\d{1,2})\. ?(\d{1,2})(?:\. ?(\d{4}|\d{2}(?!\d|:|\.\d| ?uhr))?|(?=[\s,;)!?]|$))(?![\d%€]| ?(?:€|euro|eur\b|chf|mio|prozent|kg|km\b|uhr|h\b|std|liter|millionen|mrd))"),
    ("slash", r"(?<=am )(\d{1,2})/(\d{1,2})\b(?!/)"),
    ("named", r"\b(\d{1,2})(?:\.|ten|te[rn]|th|st|nd|rd)? ?(?:of )?(" + _MON + r")\b\.?(?: ?(20\d\d))?"),
    ("en-named", r"\b(december|dec|january|november|october|september|august|july|june|april|march)\.? (\d{1,2})(?:th|st|nd|rd)?\b"),
    ("days", r"(?<![\d.,:])(\d{1,2})\. ?(?:-|bis(?: zum)?|auf(?: den)?) ?(\d{1,2})\.(?!\d)" + _NOT_ORD),
    ("days-plain", r"(?<=vom )(\d{1,2})\.? ?(?:-|bis(?: zum)?) ?(\d{1,2})(?:\.|ten)?(?![\d:])"),
    ("day", r"(?=\d)(?:(?<=am )|(?<=ab )|(?<=bis )|(?<=vom )|(?<=zum )|(?<=den )|(?<=und )|(?<=& )|(?<=\+ )|(?<=/)|(?<=, )|(?<=oder )|(?<=der )|(?<=dem )|(?<=so )|(?<=mo )|(?<=di )|(?<=mi )|(?<=do )|(?<=fr )|(?<=sa )|(?<=u )|(?<=u\. )|(?<=fürn )|(?<=am)|(?<=em )|(?<=-)|(?<=\())(\d{1,2})\.(?![\d:])(?! ?(?:-|bis) ?\d)" + _NOT_ORD),
    ("day-ten", r"\b(\d{1,2})(?:ten|\.ten|th)\b" + _NOT_ORD),
    ("day-bare", r"(?=[123]\d)(?:(?<=am )|(?<=der )|(?<=vom ))(2[0-9]|3[01]|1[0-9])(?=[ ,!?)]|$)(?! ?(?:uhr|jahr|personen|leute|-jähr|%|€|euro|kinder|\d|plätze|uhr|h\b|mal|tage|minuten|stunden|km|:))"),
    ("first-of", r"\b(?:jeden?|jede[nrs]?) (?:ersten|zweiten|dritten|vierten|letzten|1\.|2\.|3\.|4\.|\d\.)? ?(?:" + _LONG_DAYS + r"|mo|di|mi|do|fr|sa|so)\b(?: im monat)?|\b(?:jede[nrs]? (?:woche|tag|monat|abend|wochenende|morgen)|(?:ein|zwei|1|2|drei)mal (?:im monat|pro woche|die woche|im jahr|wöchentlich|in der woche|pro monat)|alle (?:zwei|2|vier|4) wochen|wöchentlich|every (?:" + _LONG_DAYS + r"))"),
    ("relative", r"\b(?:heute|heut|hüt|hüüt|heit)(?:e)?(?: ?(?:abend|nacht|nachmittag|früh|mittag|morgen|znacht|obend|zabig|z'?abig))?\b|\b(?:übermorgen|vorgestern|gestern)(?: ?(?:abend|nacht|nachmittag|früh|mittag))?\b|\bmorgen(?: ?(?:abend|nacht|nachmittag|früh|mittag|vormittag))?(?: \d{1,2} ?uhr)?\b|\btonight\b|\btomorrow\b|\btoday\b|\byesterday\b|\bmorn\b|\bab sofort\b|\bsofort(?= (?:und|ein))|\bam (?:we|wochenende)\b|\b(?:diese[sn]?|kommende[sn]?|nächste[sn]?|letzte[sn]?|übernächste[sn]?) (?:woche|wochenende|we)\b|\bwochenende\b|\bin (?:zwei|2|drei|3|vier|einer|1|ein paar) (?:tagen|wochen|woche|stunden|stunde)\b|\bthis weekend\b|\bnext week(?:end)?\b"),
    ("weekday-range", r"\b(?:von |vom )?(?:" + _LONG_DAYS + r") (?:auf|bis|und|oder) (?:" + _LONG_DAYS + r")\b"),
    ("weekday", r"\b(?:(?:diese[nr]?|kommende[nr]?|nächste[nr]?|letzte[nrm]?|jede[nrs]?|this|next) )?(?:" + _LONG_DAYS + r")(?:s|(?: ?(?:abend|nachmittag|vormittag|nacht|mittag|früh|morgen|evening))|abends?|nachmittags?|vormittags?|e)?\b|\b(?:am|diesen|nächsten|kommenden|jeden|bis|ab|nur) (?:mo|di|mi|do|fr|sa|so)\b(?! (?:gut|viel|schön|ein|eine|was|wie|oder|etwas|nicht|sehr))(?:\.?(?: ?(?:abend|nachmittag|früh|mittag)))?|\b(?:mo|di|mi|do|fr|sa)(?:\.|,)? ?(?:abend|nachmittag|abends|nachmittags|früh)\b|\b(?:mo|di|mi|do|fr)\.?,? ?(?=\d{1,2}\.)|\b(?:mo|di|mi|do|fr|sa) ?(?:-|/|und|bis|\+|&) ?(?:mo|di|mi|do|fr|sa|so)\b"),
    ("daytime", r"(?=[nvawtm])(?<=, )(?:nachmittags|vormittags|abends|wochentags|tagsüber|werktags|mittags)\b|(?<=\. )(?:nachmittags|vormittags|abends|wochentags|tagsüber)(?=,|\.|$)|\b(?:wochentags|werktags|am wochenende)\b"),
)  # fmt: skip
_GRAMMAR = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
_WORDY = ("first-of", "relative", "weekday-range", "weekday", "daytime")
_EACH = tuple(
    re.compile(f"(?:letzte[snrm]? |nächste[snr]? |diese[snr]? |dieses jahr )?(?:{p})") for _, _, p in OCCASIONS
)
_SIEVE = Sieve([*(pattern for _, pattern in _GRAMMAR), *_EACH])
_GATE_DIGIT = re.compile(r"\d")
_TAIL = re.compile(r" ?(?:nachmittags?|abends?|vormittags?|mittags?|früh|morgens)\b")
_CAT = re.compile(
    r"\b(?:kater|katze|hund|kollege|onkel|opa|herr|namens|heißt|heisst) silvester\b|silvester stallone|\bsilvester \.\.\. also den"
)


@lru_cache(maxsize=64)
def easter(year: int) -> date:
    """Easter Sunday (Gauss, Gregorian)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def find(folded: Folded, posted: date | None) -> list[When]:
    """All mentions of a time, in order, none inside another."""
    low = folded.low
    spans: list[tuple[int, int, str | None, str | None]] = []
    digits = _GATE_DIGIT.search(low)
    could = _SIEVE.candidates(low)
    for number in could:
        if number >= len(_GRAMMAR):
            _occasion(number - len(_GRAMMAR), low, posted, spans)
    for number in could:
        if number < len(_GRAMMAR):
            kind = _GRAMMAR[number][0]
            if digits or kind in _WORDY:
                _scan(kind, _SIEVE.finditer(number, low), low, posted, spans)
    out = []
    for start, end, day, occasion in sorted(spans, key=lambda s: s[:2]):
        first, last = folded.span(start, end)
        out.append(When(folded.raw[first:last], first, last, day, occasion))
    return out


def _free(spans: list[tuple[int, int, str | None, str | None]], start: int, end: int) -> bool:
    return all(end <= s or e <= start for s, e, _, _ in spans)


def _occasion(number: int, low: str, posted: date | None, spans: list[tuple[int, int, str | None, str | None]]) -> None:
    which = OCCASIONS[number]
    if which[0] == "new-years-eve" and _CAT.search(low):
        return
    for match in _SIEVE.finditer(len(_GRAMMAR) + number, low):
        start, end = match.span()
        if start and low[start - 1].isalpha() and low[start - 1] != "s":
            continue
        if _free(spans, start, end):
            spans.append((start, end, _day_of(which, match[0], posted), which[0]))


def _day_of(which: tuple[str, tuple[int, int] | int | None, str], words: str, posted: date | None) -> str | None:
    rule = which[1]
    if words.startswith("letzte"):
        posted = posted and posted - timedelta(days=366)
    if isinstance(rule, tuple):
        return _next(rule[0], rule[1], posted)
    if posted is None:
        return None
    for year in (posted.year, posted.year + 1):
        day = _moving(which[0], rule, year, words)
        if day and day >= posted - timedelta(days=7):
            return day.isoformat()
    return None


def _moving(name: str, rule: int | None, year: int, words: str) -> date | None:
    if rule is not None:
        return easter(year) + timedelta(days=rule)
    if name == "mothers-day":
        first = date(year, 5, 1)
        return first + timedelta(days=(6 - first.weekday()) % 7 + 7)
    if name == "advent":
        number = re.search(r"[1-4]|erst|zweit|dritt|viert", words)
        if number is None:
            return None
        nth = int(number[0]) if number[0].isdigit() else ["erst", "zweit", "dritt", "viert"].index(number[0]) + 1
        eve = date(year, 12, 24)
        return eve - timedelta(days=(eve.weekday() + 1) % 7 + 7 * (4 - nth))
    return None


def _next(month: int, day: int, posted: date | None) -> str | None:
    """The day near the post: this year's, or next year's if that is more than 60 days past."""
    try:
        date(2024, month, day)
        if posted is None:
            return f"{month:02}-{day:02}"
        found = date(posted.year, month, day)
        if (posted - found).days > 60:
            found = date(posted.year + 1, month, day)
        elif (found - posted).days > 330:
            found = date(posted.year - 1, month, day)
    except ValueError:
        return None
    return found.isoformat()


def _scan(
    kind: str,
    matches: Iterable[re.Match[str]],
    low: str,
    posted: date | None,
    spans: list[tuple[int, int, str | None, str | None]],
) -> None:
    for match in matches:
        start, end = match.span()
        if not _free(spans, start, end) or (kind == "relative" and _idle(low, start, end)):
            continue
        ok, day = _value(kind, match, posted)
        tail = _TAIL.match(low, end) if kind.startswith(("day", "num", "named")) else None
        end = tail.end() if tail else end
        if ok:
            while end > start and low[end - 1] == " ":
                end -= 1
            spans.append((start, end, day, None))


def _idle(low: str, start: int, end: int) -> bool:
    """ "guten Morgen", "die Welt von morgen", "heutzutage": no time of anything."""
    before = low[max(0, start - 7) : start]
    if low[end : end + 4] in (" an ", " am ") and low.startswith("heut", start):
        return True  # "heute an Silvester": the occasion says it
    return before.endswith(("guten ", "gut'n ", "n ", "schönen ", "moin ")) and low[start:end].startswith("morgen")


def _value(kind: str, m: re.Match[str], posted: date | None) -> tuple[bool, str | None]:
    if kind == "iso":
        return _dated(m[3], m[2], m[1], posted)
    if kind == "range-month":
        if int(m[4]) > 31 or int(m[1]) > 31:
            return False, None
        return _dated(m[1], m[3] or m[2] or m[6] or m[5], m[7], posted)
    if kind in ("numeric", "slash"):
        return _dated(m[1], m[2], m[3] if kind == "numeric" else None, posted)
    if kind == "named":
        return _dated(m[1], m[2], m[3], posted)
    if kind == "en-named":
        return _dated(m[2], {"dec": "dez"}.get(m[1], m[1]), None, posted)
    if kind in ("days", "days-plain", "day", "day-ten", "day-bare"):
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
    found = _next(number, int(day), posted)
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
    ahead = {"übermorgen": 2, "vorgestern": -2, "gestern": -1, "yesterday": -1, "morgen": 1, "tomorrow": 1, "morn": 1,
             "heut": 0, "hüt": 0, "hüüt": 0, "heit": 0, "tonight": 0, "today": 0, "ab sofort": 0}  # fmt: skip
    for start, days in ahead.items():
        if words.startswith(start):
            return (posted + timedelta(days=days)).isoformat()
    for name in re.findall(r"[a-zäöü]+", words):
        for day, number in _DAYS.items():
            if name == day or (len(day) > 2 and name.startswith(day)):
                days = (number - posted.weekday()) % 7
                return (posted + timedelta(days=days - 7 if words.startswith("letzte") else days)).isoformat()
    if "wochenende" in words or words.endswith(" we"):
        return (posted + timedelta(days=(5 - posted.weekday()) % 7)).isoformat()
    return None
