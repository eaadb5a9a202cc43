# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""Needs, conditions and topic: short tags from the words that carry them."""

from __future__ import annotations

import re

from .sieve import Sieve

# need tags: what the person wants, is or brings; read from data so that a new tag is a new line
NEEDS: dict[str, str] = {
    "kids": r"\bkind(?:er|ern|es|lein)?\b|\bkids?\b|\bbaby|kleinkind|söhn|\bsohn\b|tochter|töchter|\bgr\. ?\d{2,3}\b|jungs \(|\bteenie|chind|mamas?\b|alleinerzieh|krabbel|schulranzen|spielzeug",
    "single-parent": r"alleinerzieh|solo-?mama|single-?(?:mom|mum|mama|papa|dad)", "parents": r"\bmamas\b|\bpapas\b|\beltern\b(?= mit|treff|caf)|krabbel|andere mütter",
    "dog": r"\bhund(?:e|en)?\b(?! ?(?:haar|allerg))|blindenhund|assistenzhund|hündin|hündchen|welpe|\bgassi\b|\bdog\b|vierbeiner|\bhundi|\bdackel|labrador|mops\b|\bwauzi|hünd", "cat": r"\bkatzen?\b|\bkater\b|\bcats?\b|stubentiger|büsi|miezen?\b",
    "animals": r"\btiere?n?\b(?!heim)|bauernhof|pferde|hühner|kaninchen|vierbeiner", "no-animals": r"tierhaar|katzenallerg|hundeallerg|hundehaar|keine (?:haus)?tiere|ohne tiere|(?:angst|panik) vor hund|hundephob|hundeangst",
    "vegetarian": r"vegetari|veggie|fleischlos|ohne fleisch|kein fleisch|nussbraten|\bvegi\b", "vegan": r"vegan|(?:nix|nichts) (?:vom|von) tier", "gluten-free": r"glutenfrei|zöliakie|gluten", "lactose-free": r"laktose", "halal": r"halal|kein schwein|ohne schwein", "kosher": r"koscher|kosher",
    "allergy": r"allergi", "alcohol-free": r"alkoholfrei|ohne alk(?:ohol)?\b|\bbin (?:seit \w+ jahren )?trocken\b|kein(?:en)? alkohol|nüchtern|trockene[rn]? alkoh|\btrocken(?:er|e)? (?:seit|alk)|sober|no alcohol|sans alk",
    "smoker": r"(?:wir|ich) rauchen? (?:draussen|auf dem balkon|drin)|raucher(?:in)?\b|\brauche\b(?! (?:nicht|kein))|\bsmoker", "non-smoker": r"nichtraucher|rauchfrei|rauche nicht|non-?smok|nicht geraucht|ohne rauch",
    "wheelchair": r"rollstuhl|\brolli|wheelchair|barrierefrei|barrierearm|stufenlos|ebenerdig|rollator|behindertengerecht", "no-stairs": r"(?:geh\w*|lauf\w*) am stock|gehstock|krücken|(?:ohne|keine|wenig|nicht viele) (?:treppe|stufe)|treppen (?:gehen nicht|schaff|geht)|aufzug|fahrstuhl|\blift\b|no stairs|erdgeschoss|parterre",
    "deaf": r"\bhöre? (?:sehr |ganz |leider |etwas )?(?:schlecht|schwer)\b|\bhöre? nicht (?:mehr )?(?:so )?gut\b|gehörlos|taub(?:e|er)?\b|schwerhörig|gebärden|hörgerät", "blind": r"\bblinde?r?\b|sehbehindert", "hospital": r"krankenhaus|klinik|spital|\breha\b", "chronic-illness": r"chronisch krank|\bms\b|long ?covid|fibromyalgie|me/cfs|rheuma|dialyse|epilep",
    "quiet": r"\bruhig|leise|reizarm|stille[rs]?\b|nichts lautes|kein trubel|ohne trubel|quiet", "autism": r"autis|asperger|neurodiver|\badhs\b",
    "anxiety": r"sozialphob|angststör|panikattack|schüchtern|\bphobie|depressi", "faith": r"christmette|gottesdienst|\bmette\b|kirche\b|gläubig|christlich|gemeinde\b|\bbeten\b|church|\bmesse\b(?= gehen)",
    "muslim": r"muslim|ramadan|fastenbrechen", "jewish": r"jüdisch|chanukka", "lgbtq": r"queer|lgbt|lesbisch|\blesbe|schwul|\bgay\b|trans(?:frau|mann|gender|\b)|nonbin|nicht-?binär|regenbogen|\benby\b|bisexuell",
    "women": r"(?:attraktive|hübsche|nette|junge) (?:mitbewohnerin|sie\b|begleiterin)|bitte keine männer|keine männer bitte|nur (?:für )?frauen|frauenrunde|\bunter frauen|women only|nur (?:mit |bei )?(?:einer )?frau|\bjungen? damen|weibliche|mädelsabend|für eine frau|frau oder mutter|an frauen|eine mutter mit|ladies only|girls only|mädels\b(?! und jungs)",
    "men": r"nur (?:für )?männer|männerrunde", "no-dating": r"keine (?:beziehung|partnerschaft|dates?|anmache|affäre|sexuell|romanze|flirt|hintergedanken)|kein (?:date|dating|flirt|flirten|sex|anbagger)|rein (?:freundschaftlich|platonisch)|platonisch|no dating|keine partnersuche|ohne hintergedanken",
    "boardgames": r"brettspiel|gesellschaftsspiel|spieleabend|spielabend|kennerspiel|\bcatan|siedler|carcassonne|board ?games?|mensch ärgere|\bmühle und|\btabu\b|monopoly|activity\b|spiele runde|\bjassen\b(?!x)|\bspielen\b(?= wir|$)|kniffel|\bschach|wizard\b|exit-?spiel|scrabble",
    "games": r"\bwii\b|\bswitch\b|playstation|\bspiele\b|\btabu\b|zocken|konsole|\bspielen\b|karaoke|werwolf", "cards": r"\bkarten (?:spiel|klopf)|kartenspiel|\bskat\b|romm[eé]|canasta|doppelkopf|\bdoko\b|\bjass|schafkopf|\buno\b|binokel|schnapsen|tarock|bridge|mau-?mau|watten|poker",
    "rpg": r"rollenspiel|pen ?(?:&|and|n) ?paper|\bdsa\b|\bd&d\b|dungeons", "food": r"essen\b|\bkoch|\bkocht|fondue|raclette|\bgans\b|\bente\b|braten|kartoffelsalat|menü|buffet|brunch|festmahl|karpfen|klö(?:ß|ss)e|knödel|lasagne|gulasch|würstchen|suppe\b|rouladen|plätzchen|dinner|glühwein|kekse|kuchen",
    "baking": r"\bbacken|gebacken|plätzchenback|keksback|\bbacke\b|baking|guetzli", "music": r"\bmusik|singen|gitarre|klavier|karaoke|\bchor\b|\bsing\b|konzert|hausmusik", "crafts": r"basteln|stricken|häkeln|nähen|handarbeit|töpfern",
    "walks": r"spazier|wander|gassi|winterwald|\brunde drehen|an die luft|waldgang|walk\b|hiking", "sport": r"\bsport|joggen|laufrunde|radtour|schwimmen|yoga|eislauf|schlittschuh|bouldern|klettern|ski\b|langlauf", "films": r"\bfilm|\bkino|netflix|serien?\b|sissi|aschenbrödel|movie|kevin allein zu haus",
    "books": r"\bbuch|\bbücher|\blesen\b|lesekreis|vorles|book", "nature": r"\bnatur\b|\bwald\b|lagerfeuer|am see\b", "no-fireworks": r"(?:böller\w*|feuerwerk|knallerei|geknalle|raketen)(?: \w+){0,3} (?:angst|panik|vertrag)|(?:angst|panik)(?: \w+){0,2} vor (?:\w+ )?(?:böller\w*|feuerwerk|raketen|knall\w*)|(?:böller\w*|knall\w*)(?: \w+){0,2} nicht|vertrag\w* (?:\w+ ){0,2}(?:böller|knall)|ohne krach|keine böller|ohne böller|kein(?:e|en)? (?:feuerwerk|knaller|geballer|böllerei)|ohne (?:feuerwerk|knall|geknalle)|böllerfrei|no fireworks|ohne knallerei|knallerei",
    "pickup": r"(?:kann|könnte|würde) (?:\w+ ){0,2}abgeholt|\bhol(?:e|en|t|)\b(?: \w+){0,5} \bab\b|abhol|hol(?:e|en) (?:auch |gern |dich |euch |sie )?ab|pick (?:you )?up|shuttle|fahrdienst", "driver": r"mit dem auto|fahrer|\bauto\b(?: vorhanden|hab| da)|habe? (?:ein )?auto|fahren kann|führerschein|mitfahr|lift (?:to|from)",
    "overnight": r"übernacht|schlafplatz|schlafsofa|gästezimmer|gästebett|pennen|stay over|crash|couch\b|schlafcouch", "free": r"gratis|kostenlos|kostet nix|kostet nichts|umsonst|aufs haus|unentgeltlich|for free|free of charge|zu verschenken|geschenkt|kostenfrei|ohne eintritt|eintritt frei|freier eintritt",
    "clothes": r"jacke|mantel|schuhe|stiefel|kleidung|klamotten|pullover|\bgr\. ?\d|strampler|hose\b|hosen\b|anzug", "furniture": r"möbel|schrank|kinderbett|\btisch (?:zu|abzu|gratis)|matratze|regal\b|sessel zu|waschmaschine|kühlschrank", "paperwork": r"formular|\bantr[aä]g|papierkram|bürokrat|behörd|bescheid|\bamt\b|jobcenter",
    "translation": r"übersetz|dolmetsch|translat", "students": r"student|studi\b|studis|studier|\bwg\b|erstsemester|azubi|auszubild|au-?pair|erasmus", "senior": r"senior|rentner|pensionist|\b(?:6\d|7\d|8\d|9\d) ?(?:\+|plus|jahre|j\b)|\boma\b|\bopa\b|alten?heim|pflegeheim|ältere[rn]?\b|betagt|grosi|hochbetagt",
    "widowed": r"witwe|verwitwet|verstorben|gestorben|\btrauer", "violence": r"geschlagen|schlägt|verprügel|gewalt\b|frauenhaus|würgt|gewürgt|bedroht", "refugee": r"geflüchtet|flüchtling|ukrain|syrien|syrer|afghan|asyl|refugee", "homeless": r"obdachlos|wohnungslos|auf der straße|auf der strasse|platte machen",
    "newcomer": r"neu (?:hier|in|zugezogen|hergezogen)|zugezogen|frisch (?:gezogen|hergezogen)|gerade hergezogen|new in town|just moved|(?:bin|sind) neu", "shopping": r"einkauf|einkäufe|lebensmittel|supermarkt|apotheke|groceries|besorgung|kommissionen|posten\b", "repairs": r"reparier|handwerk|anschließen|montier|aufbauen|glühbirne|\bwlan\b|drucker\b|computer",
    "snow": r"schnee (?:räumen|schippen|schaufeln)|schneeräum|schneeschippen", "childcare": r"babysit|kinderbetreuung|aufpassen|leihoma|leih-?oma", "visit": r"besuch\b|besuchen|vorbeikommen|vorbeischau|zum reden", "talk": r"quatschen|plaudern|\breden\b|ratschen|klönen|schnacken|telefonieren|gespräch|schwätz|talk\b|chat\b|austausch|schwatz|höck",
}  # fmt: skip
LANGUAGES = {"en": r"\bengli\w+|speak english", "fr": r"französisch|francais", "es": r"spanisch|español", "it": r"italienisch", "ru": r"russisch", "uk": r"ukrainisch\b(?! (?:familie|mutter|frau|kind))", "ar": r"arabisch", "fa": r"\bfarsi|persisch|\bdari\b", "tr": r"türkisch\b(?! (?:essen|kaffee|tee|küche))", "pl": r"polnisch\b(?! (?:freund|küche|essen))", "ti": r"tigrinya", "ro": r"rumänisch", "so": r"somali", "dgs": r"gebärdensprache|\bdgs\b"}  # fmt: skip
CONDITIONS = ("dog", "cat", "animals", "no-animals", "smoker", "non-smoker", "wheelchair", "no-stairs", "vegetarian", "vegan", "gluten-free", "lactose-free",
              "halal", "kosher", "allergy", "alcohol-free", "quiet", "women", "men", "no-dating", "no-fireworks", "lgbtq", "faith", "kids", "overnight", "pickup", "free")  # fmt: skip
_NEED_RE = tuple((tag, re.compile(p.replace("ß", "ss"))) for tag, p in NEEDS.items())
_LANG_RE = tuple((f"language:{tag}", re.compile(p)) for tag, p in LANGUAGES.items())
TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (topic, re.compile(pattern.replace("ß", "ss")))
    for topic, pattern in (
        ("book", r"einbuchf|\bbuch\b|\bbücher\b|bestseller|ebook|taschenbuch|exemplar|bestellt\b|vorbestell|gelesen|roman\b|autor|book\b|kapitel|buchh"),
        ("money", r"\bspend|gespendet|\bgeld\b|euro\b|€|iban|paypal|konto\b|crowdfund|spende|btc|bitcoin|strom\b|miete\b|rechnung|armutsbetroffen|donat|chf\b|jobcenter|paysafe"),
        ("shelter", r"unterkunft|schlafplatz|schlafplätze|übernacht|wohnung|zimmer\b|obdach|pennen|couch\b|sofa\b|nimmt (?:jemand|wen) auf|aufnehmen|nehmen (?:\w+ ){0,8}auf\b|unterkommen|bleibe\b|nachmieter|\bwg\b-?zimmer|untermiete|dach überm|gästezimmer|wärmestube|heut nacht wohin|frauenhaus|spare room"),
        ("errands", r"einkauf|apotheke|gassi|schnee|formular|\bhelfe\b|hilft|\bhelfen\b|hilfe\b|fahrdienst|\bfahren\b|reparier|übersetz|dolmetsch|babysit|aufpassen|besorg|umzug|tragen|keller|schaufel|nachhilfe|schleppen|abholen|apothek|arzttermin|rasen|putzen"),
        ("things", r"verschenk|abzugeben|zu haben|kinderwagen|jacke|stiefel|schuhe|kleid|möbel|schrank|kinderbett|spielzeug|waschmaschine|kühlschrank|laptop|fahrrad|decken\b|schlafsack|schlafsäcke|wunschbaum|wunschzettel|päckchen|schulranzen|bücherregal|sachspende|brauche (?:\w+ ){0,2}(?:handy|möbel)"),
        ("company", r"allein|alleine|einsam|gesellschaft|feiern|feiert|weihnacht|heilig|silvester|abend\b|\bessen\b|kochen|kochen wir|\btisch\b|stuhl|platz\b|plätze|gäste|\bgast\b|treffen|runde\b|spiele|kaffee|spazier|quatschen|reden|kennenlernen|leute|dabei|fondue|raclette|keinerbleibtallein|elei\b|company|alone|dinner|anschluss|freunde"),
    )
)  # fmt: skip
_TAGS = (*_NEED_RE, *_LANG_RE)
_SIEVE = Sieve([pattern for _, pattern in _TAGS])
_TOPIC_SIEVE = Sieve([pattern for _, pattern in TOPICS])


def needs(low: str) -> list[str]:
    """Tags in the order of the list."""
    return [_TAGS[n][0] for n in _SIEVE.matching(low)]


def conditions(tags: list[str]) -> list[str]:
    """Those needs that the other side has to meet."""
    return [tag for tag in tags if tag in CONDITIONS or tag.startswith("language:")]


def topic(low: str) -> str:
    """What it is about; the rarer subjects win over company."""
    for number in _TOPIC_SIEVE.candidates(low):
        if _TOPIC_SIEVE.search(number, low):
            return TOPICS[number][0]
    return "other"
