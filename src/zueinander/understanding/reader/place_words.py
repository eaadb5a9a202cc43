# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""Words around a place, and the patterns by which places are written other than by name."""

from __future__ import annotations

import re

from .sieve import AnyOf, Gated, Tailed

PREP = frozenset(
    [
        "in",
        "aus",
        "nach",
        "bei",
        "nähe",
        "nahe",
        "raum",
        "grossraum",
        "region",
        "umgebung",
        "umkreis",
        "kreis",
        "landkreis",
        "lkr",
        "kanton",
        "kt",
        "altkreis",
        "oberhalb",
        "unweit",
        "stadt",
        "richtung",
        "rund",
        "um",
        "zwischen",
        "von",
        "bis",
        "via",
        "standort",
        "wohnort",
        "ort",
        "wohne",
        "wohnen",
        "plz",
        "ab",
        "z",
        "bi",
        "us",
        "vo",
        "nacht",
        "near",
        "from",
        "to",
        "ggend",
        "gegend",
        "ecke",
        "bezirk",
        "ortsteil",
        "stadtteil",
        "umland",
        "altkreis",
        "ende",
        "hbf",
        "bahnhof",
        "uni",
        "innenstadt",
        "ausm",
        "ut",
        "krankenhaus",
        "klinik",
        "klinikum",
        "hauptbahnhof",
        "gemeinde",
        "region",
        "spital",
        "hallo",
        "moin",
        "tierheim",
        "rathaus",
        "stadtwerke",
        "feuerwehr",
        "jugendfeuerwehr",
        "gemeindezentrum",
        "bahnhofsmission",
        "volkshochschule",
        "jugendherberge",
    ]
)
WEAK_PREP = frozenset(
    ["um", "ab", "von", "vo", "zu", "bis", "rund", "ende", "ort", "z", "bi", "us", "nacht", "to", "ecke"]
)
AREA = frozenset(
    [
        "raum", "grossraum", "umkreis", "umland", "region", "gegend", "umgebung", "altkreis", "kreis", "landkreis", "lkr", "kanton", "kt",
    ]
)  # fmt: skip
ARTICLE = frozenset(
    [
        "am",
        "das",
        "dem",
        "den",
        "der",
        "die",
        "ein",
        "eine",
        "einen",
        "einem",
        "einer",
        "mein",
        "meine",
        "meinen",
        "meinem",
        "meiner",
        "dein",
        "deine",
        "kein",
        "keine",
        "keinen",
        "keinem",
        "euer",
        "unser",
        "unsere",
        "zum",
        "beim",
        "ans",
        "ins",
        "fürs",
        "dieses",
        "jedes",
    ]
)
"""Words before a noun, never before a small town."""
CLUB = frozenset(
    [
        "fc",
        "sv",
        "vfl",
        "vfb",
        "tsv",
        "fsv",
        "sc",
        "bsc",
        "msv",
        "ksc",
        "borussia",
        "eintracht",
        "hertha",
        "werder",
        "fortuna",
        "arminia",
        "dynamo",
        "hansa",
        "alemannia",
        "energie",
        "rapid",
        "sturm",
        "austria",
        "gegen",
        "tatort",
        "babylon",
        "heisst",
        "heissen",
        "namens",
        "polizeiruf",
        "soko",
        "an",
    ]
)
"""Words before the name of a town that make a club or a film of it, and "an", which stands before feasts ("an St. Martin")."""
CHURCH = frozenset(
    ["kirche", "kirchengemeinde", "pfarrei", "pfarrkirche", "pfarrheim", "pfarrsaal", "gemeinderaum", "gemeindesaal", "gemeindehaus", "kita",
     "kindergarten", "schule", "altenheim", "seniorenheim", "pflegeheim", "kapelle", "stift", "kloster", "hospiz"]
)  # fmt: skip
"""Words before a saint of whom they have the name, and not a town."""
FOOTBALL = Gated(
    r"\b(?:hsv|vfb|vfl|bvb|fcb|bundesliga|spieltag|elfmeter|champions league|dfb-pokal|abstieg\w*|tabellenf\w+|derby|auswärtsspiel|heimspiel)\b"
)
"""Where clubs are spoken of, a town without "in" or the like is one."""
GAME = re.compile(
    r" (?:96|04|05|1860|spielt|verliert|gewinnt|siegt|führt|steigt ab|gegen|hat (?:verloren|gewonnen|gespielt))\b(?![.:]\d|\.)"
)
PERSON = frozenset(
    [
        "frau",
        "herr",
        "herrn",
        "familie",
        "fam",
        "dr",
        "prof",
        "onkel",
        "tante",
        "oma",
        "opa",
        "bruder",
        "schwester",
        "kater",
        "katze",
        "hund",
        "firma",
        "nachbar",
        "autor",
        "autorin",
        "freund",
        "freundin",
        "kollege",
        "kollegin",
        "trainer",
        "minister",
        "kanzler",
        "ritter",
        "lieber",
        "liebe",
        "hallo",
        "hi",
    ]
)
LOCNOUN = (
    r"(?:raum|norden|süden|osten|westen|umland|innenstadt|hbf|hauptbahnhof|bahnhof|altstadt|gegend|umgebung|region"
    r"|ecke|becken|speckgürtel|stadtteil|süd\w*|nord\w*|ost\w*|west\w*|kiez|vorort(?:en)?|neustadt|\w*wohnung|wg|weihnachtsmarkt|\w*christkind\w*markt|zoo|dom|münster|frauenkirche|rathaus|tierheim|studentenwohnheim|tafel|zentrum|stadtgebiet|vorstadt|bezirk|viertel|küche|wohnküche|wohnzimmer|haushalt\w*|gemeindehaus|gemeindesaal|saal|land|(?:stadt)?pfarre|pfarrei|pfarrheim|jugendherberge|krankenhaus|klinik\w*|bücherei|stadtbücherei|altenheim|frauenhaus|familien?|fremden?|leuten?|opas|omas|rentner\w*|student\w*|gastgeber\w*|nachbar\w*|gastfamilien?|eltern|mamas|singles|mädels|jungs)\b"
)
ADJ = Tailed(r"\b([a-zäöü]{3,}?)(?:er|ner|ser)\b (?=" + LOCNOUN + ")", "er (?=" + LOCNOUN + ")")
PEOPLE = Gated(
    r"\b(?:bin|als|wir|gebürtige[rn]?|sind|echte[rn]?|welche|liebe|alle) (?:eine? )?([a-zäöü]{3,}?)(?:er|ner)(?:in(?:nen)?|n)?\b"
    r"|^([a-zäöü]{3,}?)(?:er|ner|aner|enser) (?:such|brauch|biete|lädt|nimmt|student|rentner|familie|paar\b|wg\b|witwer?|mutter|mama|single|azubi|ehepaar|pärchen|gemeinde|kirchengemeinde)"
)
AGED = Tailed(r"\b([a-zäöü]{3,}?)(?:er|ner)(?=(?:, | \()\d\d\b(?![.:]))", r"er(?=(?:, | \()\d\d\b)")
WOMEN = Tailed(r"\b([a-zäöü]{3,}?)(?:er|ner)in(?:nen)?\b", r"erin(?:nen)?\b")
CODE = Gated(
    r"(?<![\w.,:/+€@-])(?:([dach]{1,2})[- ]?)?(\d{5}|\d{4})(?![\w€%]|[.,:]\d| ?(?:€|euro|eur|chf|franken|uhr|km|mal|jahr|leute|mensch|person|plätze|schlafpl|gäste|follower|seiten|stück|x\b))"
)
PREFIX = Gated(
    r"\b(?:raum|plz|plz-?bereich|postleitzahl|umkreis|region|grossraum|aus|wohne in|nähe|gebiet)[ :]+(?:plz |der )?(\d{2,3})(?:x+|\*+|er\b|)(?![\d°]|:\d|\.[\d .]*[\da-zäöü.]|(?<=aus \d\d) (?!am\b|und\b|oder\b|sucht?\b|hier\b|wer\b|mit\b|bei\b|/)[a-z]| ?(?:€|euro|uhr|jahr|tage|min|stund|woch|km|kaffee|lokal|stelle|städt|läd|ort|%))"
)
XCODE = Gated(r"(?<!\w)(\d(?=[x*]{3,4}\b)|\d{2,4})[x*]{1,4}\b")
AROUND_CODE = Gated(r"(?<!\w)(\d\d)er (?:gegend|ecke|raum|umkreis|plz\w*)\b")
SHORT = re.compile(r"[A-ZÄÖÜ](?<!\w.)(?:[A-ZÄÖÜ]{1,2}\b|[/-])")  # without such letters there is no number plate
_PLATES = r"([A-ZÄÖÜ]{1,3}(?:(?: ?[/&+] ?| oder | und )[A-ZÄÖÜ]{1,3})*)\b"
PLATE = re.compile(r"(?:\b(?:[Aa]us|[Ii]n|[Bb]ei|[Nn]ähe|[Rr]ichtung)|^|,|\()\s?" + _PLATES + r"(?![-.\w]| \d\b(?!\.))")
TRAIN = re.compile(r"(?:RE|RB|IC|EC)\d* (?:nach|von|aus|ab|um|Richtung)\b")
SURE_PLATE = re.compile(
    r"\b(?:[Rr]aum|[Gg]rossraum|[Gg]roßraum|[Kk]reis|[Uu]mkreis|[Ll]andkreis|[Ll]kr\.|[Kk]ennz(?:eichen|\.):?)\s" + _PLATES
    + r"(?![-.\w])|\b([A-ZÄÖÜ]{1,3})-(?:Kreis|Raum|Umland|Land|Ecke|Gegend)\b"
)  # fmt: skip
COULD_BE_LAND = AnyOf(  # without any of these there is neither CANTON nor SURE_PLATE
    Gated(
        r"\b(?:kanton|kt\.?|raum|im|us|usem|ausm|aus dem|grossraum|kreis|umkreis|landkreis|lkr\.|kennz(?:eichen|\.):?)"
        r"[ \n][a-zäöü]{1,3}\b|-(?:kreis|raum|umland|land|ecke|gegend)\b"
    )
)
TOWN_CODE = Gated(r"\b(?:aus|raum|nähe|umkreis) (ka|hd|ma|hh|hb|ks|dd|ms|bs|wü|gö|kl|fd|kn|lu|fn|wob|hro)\b(?![-.]\w)")
CANTON = re.compile(r"\b(?:[Kk]anton|[Kk]t\.?|[Rr]aum|[Ii]m|[Uu]s|[Uu]sem|[Aa]usm|[Aa]us dem)\s([A-Z]{2})\b(?![-.\w])")
STATES = {
    "S-H": "Schleswig-Holstein",
    "M-V": "Mecklenburg-Vorpommern",
    "B-W": "Baden-Württemberg",
    "R-P": "Rheinland-Pfalz",
}
STATE = re.compile("(" + "|".join(STATES) + r")(?<![-\w]...)(?![-\w]| ?\d)")
DAYS = frozenset(["MO", "DI", "MI", "DO", "FR", "SA", "SO"])
CANTONS = {
    "AG": "Aargau", "AI": "Appenzell", "AR": "Appenzell", "BE": "Bern", "BL": "Baselland", "BS": "Basel-Stadt", "FR": "Freiburg im Üechtland",
    "GE": "Genf", "GL": "Glarnerland", "GR": "Graubünden", "JU": "Jura", "LU": "Luzern", "NE": "Neuenburg", "NW": "Nidwalden", "OW": "Obwalden",
    "SG": "St. Gallen", "SH": "Schaffhausen", "SO": "Solothurn", "SZ": "Schwyz", "TG": "Thurgau", "TI": "Tessin", "UR": "Uri", "VD": "Waadt",
    "VS": "Wallis", "ZG": "Zug", "ZH": "Zürich",
}  # fmt: skip
TAG = re.compile(r"#(\w{5,60})")
CAMEL = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])|_")
SWISS = Gated(
    r"\b(?:isch|öpper|züri|schwiiz|schweiz|chf|franken|nöd|ned|gsi|gern[eä]|heb|luscht|hani|chum|bärn|merci)\b"
)
LANDS = {
    "d": ("DE", ""), "deutschland": ("DE", ""), "ch": ("CH", ""), "schweiz": ("CH", ""), "fl": ("LI", ""), "liechtenstein": ("LI", ""),
    "österreich": ("AT", ""), "bgld": ("AT", "01"), "ktn": ("AT", "02"), "nö": ("AT", "03"), "noe": ("AT", "03"), "oö": ("AT", "04"),
    "ooe": ("AT", "04"), "sbg": ("AT", "05"), "stmk": ("AT", "06"), "tirol": ("AT", "07"), "vbg": ("AT", "08"), "vlbg": ("AT", "08"),
    "südtirol": ("IT", ""), "nrw": ("DE", "NW"), "bawü": ("DE", "BW"), "meckpomm": ("DE", "MV"),
    **{land: ("DE", land.upper()) for land in ("bw", "by", "hh", "hb", "he", "ni", "nw", "rp", "sl", "sh", "bb", "mv", "sn", "st", "th")},
    **{canton: ("CH", canton.upper()) for canton in ("ag", "ai", "ar", "bl", "fr", "gl", "gr", "ju", "lu", "nw", "ow", "sg", "sz", "tg", "ti", "ur", "vd", "vs", "zg", "zh")},
}  # fmt: skip
"""Short forms that stand behind a name: country, and state as the gazetteer writes it."""
ORIGIN = frozenset(["ursprünglich", "gebürtig", "komme", "komm", "stamme", "kommt", "stammt"])
EVENT = frozenset(
    [
        "konzert",
        "festival",
        "messe",
        "fussballspiel",
        "spiel",
        "auftritt",
        "lesung",
        "urlaub",
        "reise",
        "ausflug",
        "seminar",
        "tagung",
    ]
)
