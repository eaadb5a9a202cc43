# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""Cues: patterns that say who holds what. They are features for the model, and the keyword baseline beside it."""

from __future__ import annotations

import re
from functools import lru_cache

from .sieve import Sieve

_RES = r"(?:platz|plätze?|plätzchen|plätzli|stuhl|stühle|stüehl|sessel|teller|gedecke?|sofas?|couch|bett(?:en)?|zimmer|gästezimmer|schlafplatz|schlafplätze|schlafcouch|gästebett|raum|unterkunft|matratze|ecke|eckerl|hocker|seats?|room|space|chair|spot|portion(?:en)?|eckchen|wohnung|tisch|tafel)"
_GUESTS = r"(?:gäste?n?|gast|mitesser\w*|mitfeiernde\w*|guests?|tischgäste|besuch|gesellige|mitspieler\w*)"
_AFTER = r"(?: [\w,.-]+){0,5}? ?"
_WHO = r"(?:wer|jemand|irgendwer|irgendjemand|einer von euch|öpper|wär|anyone|anybody|someone|does anybody|eine familie|wo)"
CUES: tuple[tuple[str, str], ...] = (
    ("have-free", r"(?:hab|habe|haben|hätt\w*|han|hend|hamma|hob|gibt|gibts|gäb\w*|is|ist|isch|sind|wär\w*|steht|stehen|bleibt|bleiben|have|got|there'?s|hots|hats|hät)\b" + _AFTER + _RES + r"(?: \w+){0,4}? ?(?:frei|übrig|offen|leer|für|free|left|for|da)\b"),
    ("free-res", r"(?:freier?|freie[ns]?|noch ein(?:en)?|leerer?|free|spare|empty|zwei|drei|vier|\d) (?:freie |weitere |leere )?" + _RES + r"\b"),
    ("i-have-res", r"\b(?:ich|wir|i|we|mir|mia|hier) (?:\w+ ){0,3}?(?:hab|habe|haben|hätt\w*|han|hend|have)\b" + _AFTER + _RES),
    ("hab-res", r"(?:^|[.!?\n,;:] ?|\bund |\baber )(?:hab|habe|haben|hätte|hätten|han|have|hob) (?:\w+ ){0,4}?" + _RES),
    ("who-has-res", r"\b" + _WHO + r"\b(?: \w+){0,4} (?:hat|hätte|hätt|hett|has|have|habt)\b" + _AFTER + r"(?:" + _RES + r"|übrig|abzugeben|für mich|für uns)"),
    ("has-who-res", r"\b(?:hat|hätte|hätt|habt|hättet|has|kennt|weiss|gibt es|gibts|git'?s)\b (?:hier |noch |vielleicht |zufällig |evtl\.? |eventuell |denn |in \w+ )*(?:wer|jemand\w*|irgendwer|irgendjemand|öpper|ihr|einer|eine|anyone|somebody|leute|menschen|familien)\b"),
    ("who-takes", r"\b(?:wer|jemand)\b(?: \w+){0,5} (?:nimmt|nähme|lädt|lässt|lasst|nehmt|holt|hilft|kann|könnte|bringt|fährt|begleitet|besucht|macht mit)\b(?: \w+){0,3} ?(?:mich|uns|mir|sie|ihn|ihr)\b"),
    ("take-me", r"(?:nimmt|nehmt|nehmen|lasst|lässt|lade?t|lädt|adoptiert|adopt\w*|take|host)(?: \w+){0,3}? (?:mich|uns|me|mi)\b"),
    ("with-me", r"(?:mit mir|bei mir|zu mir|mit uns|bei uns|zu uns|with us|our place|my place|our table|at ours|bi üs|bi eus|zu üs|bi mir|bei uns daheim|to ours)\b"),
    ("come-to", r"(?:komm\w*|chum\w*|chömed|schaut?|kimm|kemmts|come|join|stosst|setzt euch|setz dich|besucht)(?: \w+){0,5} (?:zu (?:mir|uns|üs|eus)|vorbei|dazu|us\b|me\b|over|bei uns|bei mir|eini|rein|her\b|rum\b|mit\b)"),
    ("to-you", r"\b(?:zu euch|bei euch|zu eu|bei jemand\w*|zu jemand\w*|bei (?:einer|irgendeiner|netten) (?:\w+ )?(?:familie|leuten?)|mich anschliess\w*|uns anschliess\w*|anschluss|join (?:someone|you|a family)|mitfeiern (?:darf|kann|lass)|dazukommen (?:darf|kann|könnt)|unterkommen|bei wem)"),
    ("want-guests", r"(?:such\w*|fehl\w*|brauch\w*|wünsch\w*|freu\w*|looking for|wollen|hätten|hätte|möchte\w*|nehme\w*|lade\w*|empfang\w*)\b(?: \w+){0,5}? " + _GUESTS),
    ("invite", r"\b(?:lade\w*|laden|einlad\w*|eingeladen|herzlich willkommen|willkommen|welcome|invit\w*|spendier\w*|aufs haus|einladung|lädt)\b"),
    ("biete", r"\b(?:biete|bieten|anbieten|biet|offering|i offer|we offer|stelle(?:n)? zur verfügung|verschenke|vergebe|gebe ab|nehme auf|nehmen auf|beherberge)\b"),
    ("take-in", r"\b(?:nehme?n?|könn(?:en|te|ten)|kann|würde\w*|chan|can)\b(?: [\w,.-]+){0,10}? (?:aufnehmen|unterbringen|beherbergen|mitnehmen|anbieten|auf|take in|host|vorbeibringen|abgeben|einkaufen|fahren|helfen|erledigen|übernehmen)\b"),
    ("i-help", r"\b(?:ich|wir|i) (?:\w+ ){0,4}?(?:helfe|helfen|übernehme|übernehmen|gehe|kaufe|fahre|bringe|koche|kochen|erledige|hole|repariere|begleite|lese|besuche|can help)\b(?: \w+){0,6} ?(?:gern|für (?:sie|euch|ältere|andere|nachbarn|alle)|ein|kostenlos|vor)"),
    ("give-away", r"zu verschenken|abzugeben|zu vergeben|verschenk\w*|zum verschenken|abgeben|hab(?:e|en)? (?:noch )?(?:[\w,.-]+ ){0,8}(?:übrig|zu viel|zuviel|abzugeben)|gratis abzuholen|for free|give away|wer (?:mag|will|möchte|braucht|kann)(?: \w+){0,4} (?:haben|gebrauchen|abholen|brauchen)|wer braucht|braucht (?:noch )?(?:jemand|wer)|to give away|gegen abholung"),
    ("who-wants", r"\b(?:wer|jemand|jemandem|irgendwer)\b(?: [\w,.-]+){0,4} (?:mag|möchte|will|hat lust|hätte lust|lust|kommt|käme|macht mit|wollen|möchten|bock|wants|interesse|dabei|braucht|mitkommen|mitmachen)\b"),
    ("seek", r"\b(?:such\w*|suech\w*|suach\w*|gesucht|looking for|seeking|brauch\w*|bräucht\w*|benötig\w*|in need)\b"),
    ("i-seek", r"\b(?:ich|wir|i|we|und|mann|frau|paar|student\w*|familie|mama|mutter|oma|^)\b ?(?:\w+ ){0,3}?(?:such[e]?|suchen|sucht|suech\w*|brauche|bräuchte|benötige|brauchen)\b|^(?:such[e]?|suchen|gesucht|suech\w*|looking)"),
    ("guest-words", r"\b(?:bringe|bringen|bring|mitbringen|bringt) (?:\w+ ){0,4}(?:mit|salat|kuchen|wein|nachtisch|dessert|sekt)|kann (?:\w+ ){0,3}mitbringen|(?:abwasch\w*|abwaschen|spüle)"),
    ("i-alone", r"\b(?:bin|sitze|ich|wäre|werde|bi|steh|i'?m|verbringe|sitz|verbring|hocke?|feiere|mia)\b(?: [\w,.-]+){0,7}? (?:allein\w*|elei|einsam|alone|alloa|aloa|lonely|solo|niemand\w*)\b"),
    ("no-one", r"\b(?:hab|habe|kenn|kenne|haben|kennen|have|know)\b(?: \w+){0,3} (?:niemand\w*|keine[nr]? (?:familie|freunde|menschen|leute|seele|verwandt\w*)|nobody|no one|kaum jemand|noch keinen|koan)"),
    ("who-also", r"\b(?:wer|jemand|öpper|anyone|noch wer|noch jemand|wem)\b(?: [\w,.-]+){0,6}? (?:auch|ebenfalls|allein\w*|elei|genauso|else|noch|alone|alloa)\b"),
    ("peers", r"\b(?:zusammentun|zusammenschliess\w*|gemeinsam|zusammen|miteinander|together)\b"),
    ("would-like", r"\b(?:würd\w*|hätt\w*|möcht\w*|wär\w*|gern\w*|gärn|i'd|lust)\b(?: \w+){0,6} (?:gesellschaft|company|feiern|treffen|kennenlern\w*|reden|quatschen|anschluss|spazieren|essen gehen|lust|luscht|kaffee|unterhalt\w*)"),
    ("share", r"\b(?:bitte|pls|please|gern|gerne)? ?(?:teilen|teilt|rt\b|retweet\w*|weitersagen|weiterleiten|verbreiten|weitererzählen|share|repost\w*|boost\w*|retweeten|followerpower)\b|reichweite|in die trends|macht das (?:\w+ )?gross|sagt es weiter|schaut mal bei|folgt (?:mal )?@|guckt mal bei|meldet euch (?:doch )?bei @"),
    ("call-all", r"\b(?:kauft|spendet|bestellt|holt euch|unterstützt|helft|macht mit|postet|schreibt|meldet|lest|denkt|schaut|ladet|teilt|erzählt|klopft|klingelt|ruft|fragt|nehmt|öffnet|bringt)\b"),
    ("thanks", r"\b(?:danke\w*|dankeschön|vielen dank|tausend dank|merci|vergelt'?s gott|thank\w*|herzlichen dank|dankbar|thx)\b"),
    ("sarcasm", r"danke für nichts|na danke|danke auch|danke merkel|ja danke|super danke|schönen dank auch|applaus|glückwunsch auch|bravo|🙄|ironie|na toll|ganz toll|toll gemacht|wers glaubt|von wegen"),
    ("did", r"\b(?:hab|habe|haben|ha|han|hob|just|have|bin|gerade|soeben|eben|grad|sofort|natürlich|selbstverständlich|auch|schon|gleich)\b(?: [\w,.-]+){0,6}? (?:bestellt|gekauft|gespendet|überwiesen|vorbestellt|mitgemacht|geteilt|bstellt|kauft|donated|bought|ordered|geordert|verschenkt|gelandet|eingezahlt|abgegeben|gschpendet)\b"),
    ("did-short", r"(?:^|[.!,;] ?|und |ist |sind )(?:bestellt|gekauft|gespendet|vorbestellt|erledigt|überwiesen|done|ordered|donated|gelesen|angekommen|bstellt)\b|\bgerne? gespendet|spende ist raus|exemplare? (?:bestellt|gekauft)|überweisung ist raus"),
    ("arrived", r"\b(?:ist da|angekommen|lag (?:heute )?im (?:briefkasten|kasten)|auf seite \d|eingetroffen|kam (?:heute|gestern) an|halb durch|durchgelesen|ausgelesen|im urlaub gelesen|liegt (?:jetzt )?(?:auf|unter|neben))\b"),
    ("was-guest", r"\b(?:war|waren|saß|sassen|sass|durfte|durften|gelandet|gewesen|verbracht|gefeiert|hatten wir|hatte ich|kennengelernt|haben uns (?:getroffen|gefunden))\b"),
    ("past-year", r"\b(?:letztes jahr|letztes silvester|voriges jahr|vorletztes|letzte weihnachten|vergangenes jahr|gestern|vor (?:\w+ )?jahren|früher|damals|letztes mal|last year|fährt? heute noch)\b"),
    ("unreal", r"(?:würde?|wäre|hätte|könnte)\b[^.!?]{0,80}\b(?:aber|wenn (?:ich|wir) nicht|leider)\b|leider (?:keinen platz|nicht|ausgebucht|voll)|\b(?:kann|können) (?:aber |leider )+(?:nicht|nix|nichts)|werde? (?:es |das |ich |mir )*(?:nicht|nie) (?:kaufen|spenden|lesen|machen|mitmachen)|kaufe? ich (?:\w+ )?nicht|spende (?:ich )?(?:\w+ )?(?:nicht|nichts|nix)|ohne mich|schon vergeben|ist weg|sind weg"),
    ("neg-buy", r"(?:nicht|kein\w*|nie|niemals|nix|keinen cent)\b[^.!?]{0,40}(?:spend\w*|kauf\w*|geld|cent|euro|bestell\w*)|(?:spend\w*|kauf\w*|bestell\w*)[^.!?]{0,30}(?:nicht|kein|nie\b|nix)"),
    ("price", r"\d ?(?:€|euro\b|eur\b|chf|franken|,-)|(?:€|chf|fr\.) ?\d|\b(?:vb|vhb|festpreis|p\.p\.|pro person \d|ab \d+ ?€|pro stunde|/h\b|/std|netto|brutto)"),
    ("ad", r"\b(?:jetzt (?:buchen|sichern|bestellen|klicken|anmelden|kaufen|bewerben|zugreifen|starten|informieren)|tickets?|rabatt\w*|gewinnspiel|gewinne\b|verlos\w*|link in (?:bio|der bio)|nur (?:heute|noch heute|für kurze zeit)|frühbucher\w*|vorverkauf|eintritt|im shop|sonderangebot|all-?inclusive|gutschein\w*|sparen sie|sichern sie|buchen sie|bestellen sie|besuchen sie|kostenlos testen|passives einkommen|geld verdienen|von zu ?hause aus|verdien\w* \d|follow ?(?:4|for) ?follow|folge mir|folgt mir|followt|f4f|l4l|zurückfolg\w*|neue follower|reservier\w*|inkl\.|menü ab|gänge[- ]menü|unser restaurant|unser hotel|black ?friday|deal|kollektion|% auf|\d ?%|cashback|influencer|abonnier\w*|abo\b|werbung|anzeige\b|casino|bonus)\b"),
    ("sells", r"\b(?:verkauf\w*|zu verkaufen|vb\b|vhb|festpreis|neuwertig|ovp|privatverkauf|keine rücknahme|versand (?:möglich|extra)|selbstabholer|tausche|ticketresale|karten abzugeben gegen|karte zum originalpreis)\b"),
    ("job", r"(?:m/w/d|w/m/d|\bmwd\b|vollzeit|teilzeit|minijob|450[- ]?(?:€|euro)|520[- ]?(?:€|euro)|aushilfe\w*|mitarbeiter\w*|bewerb\w*|verstärkung|azubi gesucht|ausbildungsplatz|ab sofort gesucht|wir stellen ein|quereinsteiger|stellenangebot|stundenlohn|servicekr\w+|pflegefachkr\w+|fachkraft|fahrer gesucht|reinigungskraft|\bjobs?\b|festanstellung)"),
    ("missed", r"(?:du (?:warst|hattest|hast|bist|sasst|saßt|standst|trugst)|saßest|sassest|dein lächeln|deine augen|mir gegenüber|haben uns angelächelt|blickkontakt|im (?:ice|zug|bus|rewe|edeka|re\d) (?:nach|von|am|gestern|heute)|die frau (?:im|mit)|der mann (?:im|mit)|suche die(?:jenige)?\b|unbekannte[r]?|wer kennt (?:sie|ihn|die frau|den mann)|augenzeugen?|zeugen)"),
    ("lost", r"(?:vermisst\b|entlaufen|zugelaufen|verloren\b|gefunden\b|fundsache|fundbüro|verlor\w* (?:gegangen|schlüssel))"),
    ("info-q", r"\b(?:wie (?:funktioniert|geht|läuft|kann (?:ich|man)|melde|lange|viel)|wo (?:kann|finde|melde|gibt)|weiss (?:jemand|wer)|bis wann|ab wann|wann (?:ist|geht|beginnt|macht)|was (?:muss|kostet|passiert|ist|bedeutet)|an wen|gibt es (?:eine|schon|noch|auch|bei euch)|kostet (?:das|es)|how (?:does|do|can)|is there|welche[rs]? (?:bus|zug))\b"),
    ("study", r"\b(?:umfrage|studie|masterarbeit|bachelorarbeit|interviewpartner\w*|proband\w*|teilnehmer\w* (?:für|gesucht)|protagonist\w*|journalist\w*|redaktion|für (?:einen|unseren|meinen) (?:beitrag|artikel|film|podcast)|doktorarbeit|forschungsprojekt|casting|reportage)\b"),
    ("notice", r"\b(?:pressemitteilung|bekanntmachung|öffnungszeit\w*|geöffnet|geschlossen|hat (?:am|an|über|ab) [^.]{0,30}geöffnet|findet [^.]{0,60}statt|programm|beginn:? \d|einlass|gottesdienst um|die (?:stadt|gemeinde|polizei|feuerwehr|caritas|diakonie|tafel|kirche|bahnhofsmission)|der verein|laut (?:dpa|stadt)|bericht\w*|meldet\b|der hashtag|die aktion|teilte mit|rekord|vermittelt\w* (?:rund|über|mehr)|zahlen)\b"),
    ("group", r"\b(?:in (?:unserer|dieser|der) gruppe|gruppe (?:für|biete|suche)|suche[-/ ]+biete|biete[-/ ]+suche|gruppenregeln|admin|moderator\w*|regeln|neue gruppe|forum)\b"),
    ("opinion", r"\b(?:finde?|glaube?|meine? meinung|ehrlich gesagt|eigentlich|irgendwie|typisch|schon wieder|warum (?:müssen|muss|immer|ist|gibt)|ich verstehe nicht|immer dieses?|wieso|komisch|schade|krass|leider|halt|eh\b|man muss|man sollte|sollte man|was soll)\b"),
    ("politics", r"\b(?:politik\w*|regierung|merkel|afd|cdu|spd|bundestag|steuer\w*|asyl\w*|flüchtlinge?\w*|partei\w*|minister\w*|sozialstaat|gutmensch\w*|heuchl\w*|migrant\w*|ausländer\w*|kapitalismus|medien|lügenpresse|demokratie|hartz|volk|staat|system)\b"),
    ("content", r"\b(?:geniesse?|genieß\w*|herrlich|endlich ruhe|passt (?:mir|so)|gut so|freiwillig allein|gern allein|liebe es|brauche keinen|nicht schlimm|völlig ok|allein,? aber nicht einsam|gern für mich|mag es so|ruhe haben)\b"),
    ("custom", r"\b(?:immer (?:schon|noch|ein|einen|so|gesagt)|bei uns (?:war|gab|hieß|sass|saß)|tradition|jedes jahr|früher war|meine oma (?:hat|sagte)|als kind)\b"),
    ("advice", r"\b(?:frag (?:mal|doch|im|in)|versuch (?:es |mal|doch)|geh (?:doch|mal)|schau (?:doch|mal)|probier\w*|an deiner stelle|melde dich (?:doch )?(?:bei|mal)|würde ich (?:auch )?(?:fragen|machen|empfehlen)|tipp:)\b"),
    ("tip", r"\b(?:tipp (?:für|an)|hier (?:gibt es|findet ihr|könnt ihr)|falls (?:jemand|ihr|wer) (?:\w+ ){0,4}(?:sucht|braucht|kennt|allein)|wer (?:\w+ ){0,4}(?:sucht|braucht|allein ist)[,:]|liste (?:mit|der|aller)|schaut (?:mal )?(?:hier|auf|bei|unter)|unter (?:dem hashtag|#)|infos? (?:gibt|hier|unter)|meldet euch bei (?:der|dem|@))\b"),
    ("relay", r"\b(?:meine?[rm]? (?:\w+ )?(?:nachbarin|oma|opa|bekannte|freundin|tante|mutter|kollegin|nachbar)|für (?:meine|eine|unsere) (?:\w+ )?(?:nachbarin|oma|bekannte|freundin|mutter|familie|kollegin)|kontakt über mich|im auftrag)\b"),
    ("open-house", r"\b(?:tür (?:\w+ ){0,4}(?:steht|ist|bleibt) (?:\w+ ){0,4}offen|offene tür|open house|offener (?:tisch|abend|treff)|für alle,? die|alle,? die|jede[r]? (?:ist )?willkommen|einfach (?:vorbei|dazu)\w*|ohne anmeldung|kostenlos|gemeindesaal|gemeindehaus|teestube|jugendhaus|wir treffen uns|unser(?:e)? (?:runde|stammtisch|gruppe|café|verein) )\b"),
    ("enough", r"\b(?:genug|reicht|zu viel|zuviel|viel zu gross\w*|langt|locker)\b"),
    ("hosting", r"\b(?:wir|ich|i|we|mia|mir)\b(?: \w+){0,3} (?:koch\w*|back\w*|grill\w*|mach\w*|deck\w*|feier\w*|brat\w*|cook\w*|essen|gibt|habe? (?:\w+ ){0,3}(?:gans|ente|raclette|fondue|karpfen|braten)|serviere)\b|\b(?:bei (?:mir|uns)|es) gibt|gibt (?:bei uns|es bei)|there will be|gibt (?:raclette|fondue|gans|kartoffelsalat|würstchen|ente|suppe|karpfen|kuchen|punsch|kaffee)"),
    ("dm", r"\b(?:dm|pn|pm|einfach melden|meldet euch|melde dich|schreib(?:t)? (?:mir|uns|einfach)|gerne melden|bitte melden|drop me|message me|schriib|meld di)\b"),
    ("self-desc", r"\b(?:ich|bin|w|m|i'?m)\b[ ,/(]{0,3}(?:\w+,? ){0,3}\(?\d{2}\b"),
    ("for-me", r"\b(?:für mich|für uns|mir helfen|mir hilft|hilft mir|mir fehlen|mir fehlt|uns fehlt|ich brauche|wir brauchen|ich bräuchte|für mi|für meine[nr]?|für unsere[nr]?)\b"),
    ("hi-hello", r"^(?:@\w+ )*(?:hallo|hi|hey|moin|servus|liebe|ihr lieben|guten|grüezi|hoi|griass)\b"),
    ("quote", r'^"|: "|^\W*rt @'),
    ("both-explicit", r"(?:auch allein|selbst allein|allein und|auch elei|ebenfalls allein)[^.!?]{0,120}(?:koch|platz|komm|zu mir|bei mir|wohnung|gans|küche|stube|tisch)|(?:biete|kann|helfe|gebe)[^.!?]{0,120}(?:suche|brauche|dafür|im gegenzug|gegen|bräuchte)|(?:suche|brauche)[^.!?]{0,120}(?:biete|im gegenzug|dafür (?:kann|koche|biete|helfe|gebe|backe)|kann dafür|als dank|tausche)|(?:komm|treff)\w*[^.!?]{0,40} (?:bei mir oder bei|zu mir oder|bei dir oder|oder ich (?:komme|zu)|egal ob bei)"),
    (
        "swap",  # "gegen 13 Uhr" is none
        r"\b(?:tausch\w*|gegen(?! (?:\d{1,2}(?:[.:]\d\d)?(?: ?uhr| ?h\b|[,.)]|$)|halb |(?:eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)(?: uhr|[,.)]|$)|(?:nach)?mittag|abend|mitternacht|ende\b|(?:die )?einsamkeit))|im gegenzug|dafür|als gegenleistung|in exchange|swap)\b",
    ),
    ("you-need", r"(?:wer|ihr|du|jemand|leute|menschen|nachbarn|senioren)\b(?: [\w,]+){0,6} (?:braucht|brauchst|keinen? \w+ hat|niemanden hat|nichts vor|allein (?:ist|bist|seid|wäre|sitzt|sein sollte|feiern (?:würde|müsste))|sonst allein)\b|braucht (?:ihr|jemand|wer|du)|(?:falls|wenn|sollte)(?: [\w,]+){0,5} (?:allein|niemanden|nichts vor|keinen|einsam|jemanden? (?:braucht|zum reden))|für alle,? (?:die|denen)|allen?,? die|jemand(?:en)?,? der sonst|habt ihr (?:\w+ )?nichts vor|you'?re alone|if you'?re|without a plan|nobody to"),
    ("free-of-charge", r"\b(?:gratis|kostenlos|kostet nix|kostet nichts|umsonst|aufs haus|unentgeltlich|ohne bezahlung|will nichts dafür|geschenkt|for free|kostenfrei|spendenbasis)\b"),
    ("we-hold", r"\b(?:unser\w*|mein\w*) (?:\w+ )?(?:tür|tisch|haus|wohnung|küche|sofa|couch|gästezimmer|herd|topf|hof|garten|ofen|kamin|stube|tafel|wg|familie|gemeinde|auto|wohnzimmer|gaststube|laube|verein\w*|esstisch|runde|bude|balkon|ferienwohnung)\b|\b(?:tür|ofen|kamin|topf|herd|tisch|gans|braten|suppe|raclette|fondue|tee|glühwein|punsch|lagerfeuer|feuer)\b(?: \w+){0,4} (?:steht|brennt|ist (?:gross|an|offen|gedeckt|genug|heiss|warm)|dampft|brutzelt|wartet|reicht|gibt'?s|gibts)\b"),
    ("offer-time", r"\b(?:ich|wir) (?:\w+ ){0,3}(?:hab|habe|haben|hätte)(?: \w+){0,3} (?:zeit|ein offenes ohr|ein auto|einen führerschein)(?: (?:zum|für|und (?:komm|helf|fahr|hör)))|mein auto|höre? (?:\w+ )?(?:gern )?zu\b|lese? (?:\w+ )?vor\b|fahre? (?:\w+ ){0,6}(?:und kann|nach \w+ und)|noch (?:\w+ )?plätze im auto|(?:nehme|kann|könnte)(?: \w+){0,8} (?:mitnehmen|mit in)|schreib mir"),
    ("with-whom", r"\b(?:wer|jemand|irgendwer|wär|öpper|eppa|wem|anyone|anybody|someone)\b[^.!?]{0,60}\b(?:mit mir|mit uns|with me|mit üs|mit öpper|mit einer|mit einem|für mich|mich|mir)\b|\bwer (?:aus|in|von euch|im raum|rund um)"),
    ("lack", r"\b(?:mir|uns|ihm|ihr|ihnen|noch) (?:fehl\w+|mangelt)|\bfehlen (?:noch|mir|uns)|\bes fehlen|knapp bei|kühlschrank leer|konto leer|reicht (?:das geld )?nicht|können wir uns nicht leisten|nicht mehr leisten|kein geld für|freuen uns über|freue mich über|würde mich (?:sehr |riesig )?(?:freuen|über)"),
    ("can-i", r"\b(?:kann|darf|dürfte|könnte|dürfen|können|could|can|may) (?:ich|wir|i|we|mich|meine|mein)\b|\bkann mir\b|könnte mir\b|hilft mir|helft (?:mir|uns)|bitte helft|\bich (?:möchte|würde|wünsche|hätte)\b"),
    ("newcomer", r"\b(?:neu (?:hier|in|zugezogen)|hergezogen|zugezogen|erstes weihnachten|erste weihnachten|kenne (?:hier )?(?:niemand|keine|kaum)|just moved|new in town|familie (?:ist )?(?:weit|im ausland)|auslandssemester|erasmus|au-?pair|student(?:in)? aus)\b"),
    ("report-third", r"\b(?:der verein|die gemeinde|die stadt|die pfarre|ein wirt|die caritas|das projekt|die gruppe|in der \w+halle|seit (?:montag|gestern|januar|drei|zwei|\w+ jahren)|jetzt einen tisch|steht jetzt|stehen jetzt|gibt es (?:jetzt|seit|nun)|sogenannte\w*|rund \d+|mehr als \d+|besteht seit|gegründet|wer (?:platz nimmt|sich (?:\w+ )?hinsetzt|dort))\b"),
    ("imper-plural", r"(?:^|[.!?:,] ?|\b(?:bitte|dann|doch|und|leute|also|los) )(?:kauft|spendet|bestellt|teilt|holt|unterstützt|helft|macht|postet|schreibt|meldet|lest|denkt|schaut|ladet|erzählt|klopft|klingelt|ruft|fragt|geht|folgt|verschenkt|schenkt|unterschreibt|stellt|öffnet|gebt|sagt|retweetet|bringt|nutzt|weitersagen|drängt|verbreitet|hebed|schickts?)\b"),
    ("letter-news", r"\b(?:\d+ (?:menschen|jahre alt|prozent|mitglieder)|uhr\b.{0,40}uhr|treffpunkt|kundgebung|demo\b|mahnwache|start(?:et)? (?:ist|um|am|die)|erinnerung:|nicht vergessen|heute (?:abend )?(?:im|in der) (?:radio|fernsehen|zeitung|zdf|ard|wdr|swr)|bestseller\w*|auflage|rang eins|platz eins der)"),
    ("service-reply", r"^(?:@\w+ )+(?:bitte|die|wir|das|dafür|einfach|hallo|danke für (?:die|deine) (?:nachricht|anfrage)|ihre?|deine|du kannst|ab|um|zum|nein|ja,)|per mail|eine mail|newsletter|abmeld\w*|abbestell\w*|formular|kundennummer|anfrage|anmeld\w*|schreibt (?:\w+ )?(?:immer )?(?:euren|den) ort"),
    ("winning", r"(?:verlosung|gewinnen|gewinnspiel|preise|verlosen)"),
    ("scam", r"\b(?:bitcoin|btc|krypto\w*|coin|wallet|western union|telegram|whatsapp|hangouts|us army|soldat|chirurg|ingenieur auf|bohrinsel|ölplattform|doctor|kredit\w*|schufa|reich werden|wirst du reich|geschäftsidee|passives|dating-?app|singles in|heisse)\b"),
    ("wisdom", r"\b(?:sprichwort|wer (?:\w+ )?(?:sucht|allein|viel|nichts)[^.!?]{0,30}, (?:der|findet|hat|kommt|muss|kann)|opa sagte|oma sagte|hat (?:immer )?gesagt|man sagt|korinther|psalm|jesus|seele|gebet|kalenderspruch|einsam ist nur)\b"),
    ("joke", r"😂|🤣|😅|😄|🙄|\bhaha|\blol\b|also den (?:kater|hund|wellensittich)|heisst (?:so|silvester)|der witz|biete:|suche:"),
    ("mourn", r"\b(?:tot|gestorben|verstorben|vermisse|fehlt (?:mir )?(?:am|so|heute)|ohne (?:mama|papa|dich|ihn|sie)|das leben genommen)\b"),
    ("fear-life", r"\b(?:will nicht mehr|kann nicht mehr|nicht mehr leben|sterben|umbring\w*|nicht mehr aufwachen|kein ausweg|abschied|schlägt mich|geschlagen|würgt|suizid\w*)\b"),
)  # fmt: skip
_CUES = tuple((name, re.compile(pattern.replace("ß", "ss"))) for name, pattern in CUES)
_SIEVE = Sieve([pattern for _, pattern in _CUES])
CUE_CHARS = 2_500  # cues and words are looked for within this


def numbers(low: str) -> list[int]:
    """Numbers of the cues in the text, in the order of CUES."""
    return _SIEVE.matching(low)


@lru_cache(maxsize=8)
def cues(low: str) -> tuple[str, ...]:
    """Names of the cues in the text."""
    return tuple(CUES[n][0] for n in numbers(low))


def stretch(cue: int, low: str) -> tuple[int, int] | None:
    """Where a cue stands, its first time."""
    match = _SIEVE.search(cue, low)
    return match.span() if match else None


def keyword_intent(low: str) -> str:
    """The baseline that a first attempt would be: one keyword decides."""
    for intent, words in (
        ("crisis", "umbringen|suizid|selbstmord|nicht mehr leben"), ("spam", "€|tickets|rabatt|m/w/d|gewinnspiel"),
        ("amplify", r"\brt\b|teilen|retweet"), ("thanks", r"danke|bestellt|gespendet"), ("seek", r"such|brauche|gesucht"),
        ("offer", r"biete|platz frei|lade|verschenke|willkommen"), ("other", "pressemitteilung|geöffnet|umfrage"),
    ):  # fmt: skip
        if re.search(words, low):
            return intent
    return "comment"
