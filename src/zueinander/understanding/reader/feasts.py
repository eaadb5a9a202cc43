# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""Feasts and holidays: the many names people give them, and the day on which a country has them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

# occasion, fixed day as (month, day) or days after Easter, None where it needs a rule of its own, the names people use (folded, as regular expressions)
OCCASIONS: tuple[tuple[str, tuple[int, int] | int | None, str], ...] = (
    ("between-the-years", (12, 27), r"zwischen den (?:jahren|tagen|feiertagen)|zwischen weihnachten und (?:neujahr|silvester)|zw\. d(?:en|\.) jahren|rau[ch]?h?n[äa]e?chten?|between the years|zwüsche de fiertig|altjahr(?:s|es)?w(?:o|u|ue)che?"),
    ("national-day", None, r"nationalfeiertag|staatsfeiertag"),
    ("state-day", None, r"landesfeiertag|landespatron"),
    ("christmas-day-2", (12, 26), r"(?:2\.?|zweite[nrm]?|zwoate[nr]?|2ten?) ?(?:weihnachts)?(?:feiertag(?:e?s)?|feiadog|feierdog|feirtig)\b|(?:2\.?|zweite[nrm]?) weihnachts?(?:feier)?tag|sechsundzwanzigste[nr]?\b(?! mal)|ste(?:f|ph)an(?:i|s|is)?tag(?:es|s)?\b|(?<=am )ste(?:f|ph)ani?\b|(?<=zu )ste(?:f|ph)ani?\b|stefani\b|boxing day"),
    ("christmas-day", (12, 25), r"(?:1\.?|erste[nrm]?|easchte[nr]?|1ten?) ?(?:weihnachts)?feiertag(?:e?s)?|(?:1\.?|erste[nrm]?) weihnachts?(?:feier)?tag|fünfundzwanzigste[nr]?\b(?! mal)|christt[aoå]g(?:es|s)?|christmas day"),
    ("christmas-days", (12, 25), r"(?:beiden? )?weihnachts?feiertage?n?|(?:den |die |beiden |diese |1\. ?(?:und|u\.|\+|&) ?2\. )?feiertage?n?\b|\bfeiertags\b|firtig[ea]|firtäg|fi(?:e|i)rtig[ea]?\b|feie?rt[ao]g[ea]?\b|feiat[oå]g[ea]?\b|fes(?:t|cht)tage?n\b|fes(?:t|ch)täg[ei]?\b|(?:die|den|an den) festtage?n?\b"),
    ("new-years-eve", (12, 31), r"silve?ster\w*|s[iy]lv[eä]sch?ter\w*|s[iy]lvesta\b|sylvster\b|silverster\b|capodanno|nochevieja|einunddreissigste[nr]?\b|sylvester(?:abend)?\b|silvetser\b|silvster\b|altjahr(?:s|es)?(?:abend|tag)\b|altjahrabig|jahreswechsel\w*|jahreswende|new year'?s eve|\bnye\b|rutsch ins neue jahr|silveschter"),
    ("new-moon", None, r"(?:lunar|chinese) new year|chinesische[snm]? neujahr(?:sfest)?|tet-?fest"),
    ("new-years-day", (1, 1), r"neujahr(?:s(?:tag|morgen|brunch|essen)?)?\b|ne[ui]j[oå]h?r(?:s\w*)?\b|new year'?s day"),
    ("christmas-eve", (12, 24), r"heilig(?:e[nrm]?)?[ -]?ab(?:end|nd|dend)(?:s)?|\bheil(?:i(?:g|ch|sch|k)?|g|sch)(?:e?[rnms])?[ -]?[aoåö]+[bvwhm]+[degints]{1,4}\b|\bhlg\.? ?(?:abend|abnd)|julabend|jul-?aften|heilig(?:e[nrm]?)?[ -]?o(?:b|w)[ea]+(?:nd)?|heiliobnd|heiligabed|heilgabend|heiligabnd|heiligen? nacht|hl\.? ?(?:abend|abnd)|christmas eve|xmas eve|weihnachtsabend|heil?igab[ei]g|heilig(?:e )?abig|christmette|christvesper|mitternachtsmette|christnacht|hl abend|heili(?:ch|sch|g)e?r? ?(?:ab[eo]nd|ohmd|omd|obmd|obnd|ahmd|obad|owed)|hei?lig(?:er|en)? ?abend|hei?lig(?:en?|n)? ?(?:avend|omd|abe)\b|heiliga(?:bned|bent|ben|ebnd)\b|heilgen abend|\bh[ei]ll?(?:ig|ich|isch|ije|igen?|ijen)[ -]?[ao]ve?nd\b|vierundzwanzigste[nr]?\b(?! mal)|\bhla\b"),
    ("advent", None, r"(?:[1-4]\.?|erste[nrm]?|zweite[nrm]?|dritte[nrm]?|vierte[nrm]?) ?advent(?:s?(?:sonntag|wochenende))?|adventszeit|vorweihnachtszeit|adventssonntage?n?|\badvent\b|adventskaffee"),
    ("st-nicholas", (12, 6), r"\bnikolaus(?:tag|abend)\b|\bnikolo(?:tag|abend)?\b|samichlaus(?:tag)?\b|(?:an |zu |am |zum )nikolaus\b"),
    ("epiphany", (1, 6), r"heilige?n? ?(?:drei|3) ?könige?n?|dreikönig(?:s(?:tag|abend|ritt)?|e|en)?|dreikini\w*|heilig-drei-könig\w*|\b3-?könig\w*|hl\.? ?(?:drei|3) ?könige?"),
    ("carnival-thursday", -52, r"weiberfas(?:t)?nacht|altweiber\w*|schmutzig\w* donn?sch?tig|schmutzig\w* donnerstag|unsinnig\w* donnerstag"),
    ("carnival-tuesday", -47, r"faschingsdienstag|fas(?:t)?nachtsdienstag|veilchendienstag"),
    ("ash-wednesday", -46, r"aschermittwoch"),
    ("carnival", -48, r"rosenmontag|faschings?(?:montag)?\b|fas(?:t)?nacht|fasnet|karneval\b"),
    ("palm-sunday", -7, r"palmsonntag"),
    ("maundy-thursday", -3, r"gründonnerstag"),
    ("good-friday", -2, r"karfreitag(?:s)?|good friday"),
    ("holy-saturday", -1, r"karsamstag|ostersamstag"),
    ("easter-monday", 1, r"ostermontag"),
    ("easter", 0, r"(?:kar- und )?oster(?:sonntag|n|feiertage?n?|tage?n?|wochenende)\b|oschter[ae]?\b|ostara|\beaster\b|ostere\b"),
    ("assumption", (8, 15), r"mari(?:ä|ae|a|en?) himmelfahrt"),
    ("immaculate", (12, 8), r"mari(?:ä|ae|a|en?) empfängnis|frauentag im advent"),
    ("ascension", 39, r"(?:christi )?himmelfahrt(?:stag)?|auffahrt(?:stag|swochenende)?\b"),
    ("fathers-day", None, r"vatertag(?:s)?"),
    ("whit-monday", 50, r"pfingstmontag"),
    ("pentecost", 49, r"pfingst(?:en|sonntag|wochenende|ferien|tage?n?)|pfingschte\w*\b"),
    ("corpus-christi", 60, r"fronleichnam"),
    ("mothers-day", None, r"muttertag(?:s)?|mother'?s day"),
    ("valentine", (2, 14), r"valentinstag|valentine'?s"),
    ("women", (3, 8), r"(?:welt|internationale[rnm] )?frauentag\b(?! im advent)"),
    ("labour-day", (5, 1), r"tag der arbeit|maifeiertag|1\. mai\b|erste[nr] mai\b"),
    ("swiss-day", (8, 1), r"1\. august\b|erst(?:e[rn])? august|bundesfeier(?:tag)?"),
    ("berchtold", (1, 2), r"(?:berchtold|berchteli|bärzeli|bächteli)s?tag"),
    ("unity-day", (10, 3), r"tag der deutschen einheit"),
    ("repentance", None, r"(?:buss?-? ?(?:und|u\.|&) )?bettag\b"),
    ("harvest", None, r"erntedank(?:fest|tag|sonntag)?\b"),
    ("sunday-of-the-dead", None, r"totensonntag|ewigkeitssonntag"),
    ("peoples-mourning", None, r"volkstrauertag"),
    ("reformation", (10, 31), r"reformationstag|halloween"),
    ("all-saints", (11, 1), r"allerheiligen"),
    ("all-souls", (11, 2), r"allerseelen"),
    ("biike", (2, 21), r"biike(?:brennen)?\b"),
    ("funken-sunday", -42, r"funkensonntag|funkasunntig|funkensunntig"),
    ("sacred-heart", 70, r"herz-jesu-?(?:sonntag|feuer)"),
    ("st-martin", (11, 11), r"\bmartinstag|(?<=an )s(?:ank)?t\.? martin\b|(?:st\.?|sankt)[- ]martins?(?:umzug|tag|zug)|\bst\.? martinstag|(?<=zu )martini\b|(?<=an )martini\b"),
    ("leopold", (11, 15), r"leopolditag|(?<=zu )leopoldi\b"),
    ("barbara", (12, 4), r"barbaratag"),
    ("krampus", (12, 5), r"krampus(?:tag|abend|nacht)"),
    ("lucia", (12, 13), r"luciatag|luciafest|\bsta\.? lucia"),
    ("st-joseph", (3, 19), r"jose(?:f|ph)[is]?tag"),
    ("candlemas", (2, 2), r"(?:mari(?:ä|ae|a) )?lichtmess\b"),
    ("walpurgis", (4, 30), r"walpurgisnacht|tanz in den mai"),
    ("st-john", (6, 24), r"johanni(?:s)?tag|johannisfeuer"),
    ("peace-festival", (8, 8), r"friedensfest"),
    ("rupert", (9, 24), r"rupert(?:i|us)?(?:tag|kirtag)|(?<=zu )ruperti\b"),
    ("florian", (5, 4), r"floriani?tag|(?<=zu )floriani\b"),
    ("plebiscite", (10, 10), r"tag der volksabstimmung"),
    ("basel-carnival", -41, r"morgestraich|basler fasnacht|fasnacht (?:in|z) basel|bummelsonntag"),
    ("sechselaeuten", None, r"sechseläuten|sächsilüüte|sechsilüte"),
    ("knabenschiessen", None, r"knabenschiessen|chnabeschüsse"),
    ("naefels", None, r"näfelser fahrt"),
    ("genevan-fast", None, r"jeune genevois|genfer bettag"),
    ("restoration", (12, 31), r"restauration de la republique"),
    ("childrens-day", (9, 20), r"weltkindertag"),
    ("orthodox-christmas", (1, 7), r"(?:orthodoxe|russische|serbische)[snrm]? (?:weihnacht(?:en|sfest)?|heilig(?:er |en )?abend)"),
    ("ramadan", None, r"ramadan|zuckerfest|opferfest|fastenbrechen(?:s?fest)?|\beid\b(?= al| mubarak| alone| in| with)|chanukka|hanukkah?|bayram|nou?ruz|pessach|passah?fest|rosch ha-?schana\w*|jom kippur|yom kippur|diwali|\bholi\b(?=-?fest)|vesakh|newroz|thanksgiving|mittsommer\w*|midsommar\w*|(?:sommer|winter)sonn(?:en)?wende?|kirchweih\w*|kirmes|kirtag|kerwe?\b|kärwa|chilbi|zibelem[äa]rit|zwiebelmarkt|mettenschicht|sommergewinn|wiesn\b"),
    ("christmas", (12, 24), r"weihnacht(?:en|n|e|s(?:zeit|tage?n?|fest|wochenende)?)?\b|weihnachten|wiehnacht\w*|wienacht\w*|(?:à|pour|a) noel\b|natale\b|navidad|wiänacht\w*|weihnåcht\w*|wihnacht\w*|weihnochtn|weihnåchtn|\bx-?mas\b|(?<!last )\bchristmas\b|weihnachts(?=tisch|essen|tafel|kaffee|feier|brunch|menü|gans|braten)"),
)  # fmt: skip


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


def the_day(
    which: tuple[str, tuple[int, int] | int | None, str],
    words: str,
    posted: date | None,
    country: str,
    around: str = "",
) -> str | None:
    """ISO day of a feast as the country has it, near the post; MM-DD when it has a fixed day and the post none. around: the
    folded text, which tells the state or the canton."""
    name, rule, _ = which
    if name == "state-day":
        rule = next((day for day, places in STATE_DAYS if places.search(around)), None)
    elif name == "carnival" and "basel" in around and "nacht" in words:
        rule = -41
    if words.startswith("letzte"):
        posted = posted and posted - timedelta(days=366)
    if name == "national-day":
        rule = (_STATE_DAY if words.startswith("staat") else _NATIONAL_DAY).get(country)
    elif name == "fathers-day" and country in ("DE", "IT"):
        rule = (3, 19) if country == "IT" else 39
    if isinstance(rule, tuple):
        return following(rule[0], rule[1], posted)
    if posted is None:
        return None
    for year in (posted.year, posted.year + 1):
        day = easter(year) + timedelta(days=rule) if rule is not None else _moving(name, year, words, country)
        if day and day >= posted - timedelta(days=7):
            return day.isoformat()
    return None


STATE_DAYS: tuple[tuple[tuple[int, int], re.Pattern[str]], ...] = (
    (
        (3, 19),
        re.compile(r"\b(?:tirol|innsbruck|kufstein|vorarlberg|bregenz|dornbirn|feldkirch|steiermark|stmk|graz|leoben)"),
    ),
    ((5, 4), re.compile(r"\b(?:oberösterreich|oö\b|linz|wels\b|steyr)")),
    ((9, 24), re.compile(r"\b(?:salzburg|pinzgau|pongau|hallein)")),
    ((10, 10), re.compile(r"\b(?:kärnten|klagenfurt|villach)")),
    ((11, 11), re.compile(r"\b(?:burgenland|eisenstadt|oberwart)")),
    ((11, 15), re.compile(r"\b(?:wien\b|niederösterreich|nö\b|st\.? pölten|krems)")),
)
"""The day of the patron saint of each Austrian state, and the places by which a text tells the state."""
_NATIONAL_DAY = {"DE": (10, 3), "AT": (10, 26), "CH": (8, 1), "LI": (8, 15), "IT": (6, 2)}
_STATE_DAY = {**_NATIONAL_DAY, "AT": (5, 1)}
_BEFORE_ADVENT = {
    "repentance": 11,
    "sunday-of-the-dead": 7,
    "peoples-mourning": 14,
}  # days before the first Sunday in Advent


_CANTONAL = {
    "sechselaeuten": (4, 0, 3, 0),
    "knabenschiessen": (9, 6, 2, 1),
    "naefels": (4, 3, 1, 0),
    "genevan-fast": (9, 6, 1, 4),
}
"""Month, weekday, the how manyth, and days after that: the third Monday of April, the Monday after September's second Sunday."""


def _sunday(year: int, month: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (number - 1))


def _moving(name: str, year: int, words: str, country: str) -> date | None:
    if name == "mothers-day":
        return _sunday(year, 5, 2)
    if name == "fathers-day":
        return _sunday(year, 6, 2 if country == "AT" else 1)
    if name == "harvest":
        return _sunday(year, 10, 1)
    if name in _CANTONAL:
        month, weekday, nth, after = _CANTONAL[name]
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1) + after)
    if name == "repentance" and country in ("CH", "LI"):
        return _sunday(year, 9, 3)
    eve = date(year, 12, 24)
    fourth = eve - timedelta(days=(eve.weekday() + 1) % 7)
    if name in _BEFORE_ADVENT:
        return fourth - timedelta(days=21 + _BEFORE_ADVENT[name])
    number = re.search(r"[1-4]|erst|zweit|dritt|viert", words) if name == "advent" else None
    if number is None:
        return None
    nth = int(number[0]) if number[0].isdigit() else ["erst", "zweit", "dritt", "viert"].index(number[0]) + 1
    return fourth - timedelta(days=7 * (4 - nth))


def following(month: int, day: int, posted: date | None) -> str | None:
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
