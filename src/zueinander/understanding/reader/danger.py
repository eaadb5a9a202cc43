# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""Words that may mean danger: for the writer, for somebody else, or from the writer.

A hint lifts a text to the top of a person's queue. Nothing here answers anybody, and nothing leaves the machine.
"""

from __future__ import annotations

import re

from .fold import Folded
from .reading import Evidence
from .sieve import Gated, Sieve

_I = r"(?:ich|i)"
# patterns on folded text; the first column is the kind that the evidence carries
ACUTE: tuple[tuple[str, str], ...] = (
    ("self-harm", r"\b(?:bring|brin|bringe|bringt|mach|mache|häng|hänge|erschie(?:ss|ß)e?|schneid|schneide|ritz|ritze|stürz|stürze|töte|kill)\w* (?:mich|mi|mir|sie sich|er sich|sich)(?: \w+){0,5} (?:um|auf|weg|arm\w*|wieder|selbst|runter|wos wehtut)\b"),
    ("self-harm", r"\b(?:mich|mi|mir|sich) (?:\w+ ){0,4}?(?:umbringe?n?|umzubringen|umbringt|umbrocht|das leben (?:zu )?nehmen|das leben nehme|was an(?:tun|zutun|tue|tut|tu)|etwas an(?:tun|zutun|tue|tut)|aufhängen?|erhängen?|erschie(?:ss|ß)en?|selbst verletz\w+|ritzen?|weh(?:tun|zutun)|die pulsadern|vor (?:den|einen|die) (?:zug|u-bahn|s-bahn|bahn|lkw) (?:werfen?|schmei\w+|springen?|zu werfen|legen?)|aus dem leben)"),
    ("self-harm", r"\b(?:will|wollte|mag|möchte|kann|woll|wott|wü|mog|w[üi]ll|kan|chan|werde|gonna|want(?:s)? to)(?: \w+){0,6}? (?:nicht mehr|nimmer|nümm[ea]?|nüm|net mehr|ned mehr|ni mehr|nich mehr|nimma|nie mehr) (?:\w+ ){0,3}?(?:leben|läb[ea]|lebn|aufwachen|da ?sein|existieren|weiterleben|aufwache|hier ?sein|weitermachen|weiter machen|weiterkämpfen|erwachen|sein\b|auf der welt)"),
    ("self-harm", r"\b(?:nicht|nimmer|net|ned|nüm+[ae]?|nie) (?:mehr )?(?:leben|weiterleben|läbe|lebn|aufwachen|da sein|am leben) (?:will|wollen|möchte|mag|mog|wott|zu wollen|kann)"),
    ("self-harm", r"\b(?:suizid|selbstmord|freitod|suicid)\w*(?: \w+){0,4} (?:begehen|machen|geplant|plan|gedanken|versuch|denke|nachdenk|vor\b|überleg)|(?:suizid|selbstmord)(?:gedanken|gefährdet|absicht|al)|denke (?:\w+ ){0,4}an (?:suizid|selbstmord)|gedanken an (?:den )?(?:tod|suizid|selbstmord)"),
    ("self-harm", r"\bkill myself|end (?:my life|it all|it tonight)|don'?t want to (?:live|be here|wake up|exist)|want to die|better off without me|(?:can'?t|cannot) go on|take my (?:own )?life|no reason to live|hurt myself|suicidal"),
    ("self-harm", r"\b(?:will|möchte|mag|wollte|wott|könnte) (?:nur noch |einfach |einfach nur |nur |lieber |endlich )*(?:sterben|tot sein|weg sein|stärbe)\b|\b(?:wär|wäre|wär'|were) (?:ich )?(?:\w+ ){0,3}(?:lieber |besser |doch )?(?:tot|nie geboren|dead)\b|\bich (?:\w+ ){0,3}tot (?:sein|wäre)|sterben will|todessehnsucht|tot sein will|sterben möchte|hoffe(?: \w+){0,4} nicht (?:mehr )?auf(?:wache|zuwachen)"),
    ("self-harm", r"\b(?:tabletten|pillen|schlaftabletten|medis|rasierklinge|klinge|seil|strick|waffe|pistole|insulin|messer)\b(?: \w+){0,8} (?:liegen|liegt|vor mir|bereit|gesammelt|gehortet|genommen|geschluckt|reichen|in der hand|gekauft|gezählt|neben mir|weg\b)|(?:gesammelt|gezählt|geschluckt|genommen|gehortet|zähle|sammle|schluck\w*)(?: \w+){0,5} (?:tabletten|pillen|medis|packung\w*)|(?:alle|ganze|zu viele|packung|schachtel)(?: \w+){0,2} (?:tabletten|pillen|schlaftabletten)"),
    ("self-harm", r"\b(?:steh|stehe|sitz|sitze|bin|stoh|hock\w*)(?: \w+){0,4} (?:auf|an|am) (?:der |dem |einer |de )?(?:brücke(?!\w)|brückengeländer|geländer|dach\b|gleis\w*|bahngleis\w*|klippe|bahnübergang|hochhausdach|balkonbrüstung)(?!(?: \w+){0,6} (?:böller|feuerwerk|raketen|feiern|schauen|und warte auf|zug (?:kommt|fällt|hat)|foto|sekt))"),
    ("self-harm", r"\b(?:ritz|schneid)e? (?:ich )?mi[rc]h?\b|selbstverletz|\bsvv\b|wieder geritzt|mich geritzt|arme? (?:auf|zer)(?:ge)?schn"),
    ("farewell", r"\b(?:das|dies)(?: hier)? (?:war'?s|wars|war es|ist|wird)(?: \w+){0,3} (?:mein(?:e)? )?(?:letzte[rs]?|letztes) (?:tweet|post|beitrag|nachricht|weihnachten|silvester|brief|eintrag|jahr|winter|worte?|mal)|abschiedsbrief|mein(?:e)? letzte[snr]? (?:tweet|post|nachricht|weihnachten|silvester|worte|beitrag|brief|winter|advent|gruss|heiligabend)|(?:letzte[snr]?|zum letzten mal) (?:weihnachten|silvester|heiligabend)(?: \w+){0,3} (?:für mich|mit mir|erleb)"),
    ("farewell", r"\b(?:lebt|leb|machts|macht's|macht es) (?:wohl|gut)\b(?: \w+){0,8} (?:wart|verzeiht|vergebt|nicht eure schuld|vergesst|immer)|nicht eure schuld|(?:vergebt|verzeiht|vergib|verzeih)(?: \w+){0,2} mir(?: \w+)?(?:[.,!]|$)(?! (?:das|die|den|dass) (?:tippfehler|frage))|ihr (?:seid|wärt|wäret) (?:\w+ )?(?:ohne mich )?besser dran|ohne mich (?:\w+ ){0,2}besser (?:dran|gehen|gehn)|besser (?:dran )?ohne mich|(?:wer|jemand)(?: \w+){0,4} (?:meinen?|meine) (?:hund|katze|kater|tiere|kinder|wellensittich)(?: \w+){0,3} (?:wenn ich nicht mehr|nimmt|übernimmt)(?: \w+){0,5} (?:nicht mehr (?:da|bin)|weg bin)|wenn ich (?:\w+ )?(?:nicht mehr (?:da|bin)|nimmer bin|weg bin)|(?:nicht|nimmer) mehr (?:erleben|mitbekommen|miterleben)|(?:erleb|erlebe)(?: \w+){0,3} (?:nicht|nimmer|nümm[ae]?|net) (?:mehr)?|(?:habe?|hab) (?:\w+ ){0,3}alles (?:geregelt|verschenkt|geordnet|sortiert|vorbereitet)(?: \w+){0,4}|schlüssel (?:liegt|hängt)(?: \w+){0,6} (?:falls|wenn|katze|hund)|morgen (?:bin ich|gibt es mich) (?:\w+ ){0,2}(?:nicht mehr|weg|nimmer)|(?:mich|mi) (?:wird|gibt)(?: \w+){0,4} (?:bald |dann )?(?:nicht mehr|nimmer) geben|dann bin ich weg für immer|ich gehe? (?:jetzt )?für immer|bald (?:ist|hat)(?: \w+){0,2} (?:endlich )?(?:vorbei|ruhe|ein ende)\b"),
    ("despair", r"\b(?:keinen?|kan|kein) (?:\w+ )?(?:sinn|ausweg|grund)(?: mehr)?(?: \w+){0,4}? (?:leben|weiter\w*|aufzustehen|da zu sein|mehr\b|morgen|aufzuwachen)|(?:sehe|seh|sieh|hab|habe|find) (?:\w+ ){0,3}(?:keinen?|kan) (?:ausweg|sinn)(?: mehr)?\b|(?:kann|mag|schaff\w*|pack\w*|ertrag\w*|halt\w*|chan|schaffs|kanns|packs|mog|derpack)(?: \w+){0,4}? (?:einfach )?(?:nicht mehr|nimmer|nümm[ea]?|nüm|net mehr|ned mehr|nimma)\b(?: (?:\w+ ){0,3})?(?:aus|weiter|kämpfen|und will|ich will|will nicht|soll(?:te)? endlich|es soll|macht|es hört)|will(?: \w+){0,3} (?:dass )?(?:es|alles)(?: \w+){0,3} (?:aufhört|vorbei ist|ein ende hat|endet|zu ende)|soll (?:es )?(?:endlich |einfach )?(?:aufhören|vorbei sein)|niemand würde (?:\w+ ){0,3}(?:merken|vermissen|auffallen|mich finden)|würde (?:es )?(?:\w+ ){0,4}(?:merken|auffallen)(?: \w+){0,3} wenn ich (?:\w+ ){0,3}(?:nicht mehr|weg|tot|sterb|verschwind)|(?:falle?|bin) (?:nur |allen |jedem |allen nur )+(?:noch )?(?:eine |zur )?last|schluss (?:zu )?mach(?:en|t)\b(?! mit (?:\w+ )?(?:freund|ihm|ihr|dem|der|twitter))|schluss gemacht hätte?t?|schluss mache\b|\b(?:allem|meinem leben|mein leben|dem ganzen|dem leben|es) (?:\w+ ){0,2}(?:ein ende|ende zu|beende\w*|zu beenden)|aufgeben und (?:gehen|weg)|(?:es|alles) (?:hat|macht) (?:eh |sowieso |doch )?(?:alles )?keinen? sinn(?: mehr)?"),
    ("violence", r"\b(?:er|sie|mann|freund|vater|papa|stiefvater|mutter|sohn|ex|partner|nachbar|bruder|husband|boyfriend|dad|he)\b(?: \w+){0,6}? (?:schlägt|verprügelt|würgt|bedroht|prügelt|misshandelt|vergewaltigt|beats|hits|hit me|hat zugeschlagen|hat (?:mich|sie|uns|mi|ihn|meine? \w+)(?: \w+){0,5} (?:geschlagen|verprügelt|gewürgt|bedroht|vergewaltigt|getreten|angegriffen|gschlage|ghaut|eingesperrt)|sperrt mich|schlaht|haut mich|(?:mich|sie|uns|mi|ihn)(?: \w+){0,3} (?:geschlagen|verprügelt|gewürgt|bedroht|vergewaltigt|getreten|angegriffen|gschlage|ghaut|eingesperrt) ha(?:t|d))\b"),
    ("violence", r"\b(?:schlägt|verprügelt|würgt|bedroht|schlaht|misshandelt)(?: \w+){0,3} (?:mich|uns|mi|sie|ihre|die kinder|seine|das kind|seinen)\b|(?:angst|panik|schiss)(?: \w+){0,4} (?:dass|daß|das) (?:er|mein \w+) (?:\w+ ){0,4}(?:umbringt|totschlägt|zuschlägt|schlägt|ausrastet|heimkommt|nach hause kommt|zurückkommt)|(?:er|sie) (?:bringt|brächte) (?:mich|uns|sie|das kind) um|mich eingeschlossen|eingeschlossen (?:weil|vor|im bad)|im bad eingeschlossen|vor (?:meinem|ihrem|ihm|dem) (?:\w+ )?(?:mann|freund|vater|ex|partner|stiefvater)?(?: \w+)? ?(?:geflohen|abgehauen|versteck\w*|geflüchtet|weggelaufen)|häusliche gewalt(?: \w+){0,3} (?:gerade|jetzt|hier|bei|nebenan)|messer (?:in der hand|auf mich|und)(?! gabel)|nebenan(?: \w+){0,6} (?:schreit|geschlagen|verprügelt|um hilfe)|(?:schreit|ruft) (?:\w+ ){0,3}um hilfe"),
    ("self-harm", r"\b(?:freund(?:in)?|schwester|bruder|mutter|vater|tochter|sohn|mitbewohner(?:in)?|kollegin|kollege|nachbar(?:in)?|oma|opa|bekannte[r]?|kumpel|er|sie|mann|frau|jemand|follower(?:in)?|user(?:in)?|friend|brother|sister)\b[^.!?]{0,70}(?:umbringen|umzubringen|suizid|selbstmord|nicht mehr leben|sterben will|abschiedsbrief|tabletten (?:genommen|geschluckt)|was an(?:tun|zutun|tut)|etwas an(?:tun|zutun|tut)|springen will|will springen|kill (?:himself|herself)|das leben nehmen)"),
    ("despair", r"(?:esse|iss|schlaf\w*|dusch\w*)(?: \w+){0,4} (?:kaum|nicht mehr|nichts mehr|seit tagen)[^.]{0,80}(?:will|kann|mag|sinn|schluss|mehr leben|ende)|(?:schatten|leere hülle)[^.]{0,60}(?:esse|dusche|schlafe|kann)|(?:möchte|will|mag|würde gern|könnte)(?: \w+){0,2} (?:einfach |nur |einfach nur )+(?:einschlafen|verschwinden|schlafen und)(?: \w+){0,4} ?(?:nicht mehr|nie mehr|nie wieder|für immer|nimmer|$|[.!])|einschlafen und (?:nicht|nie|nimmer)|nicht mehr (?:aufstehen|aufwachen)(?: müssen| wollen)?"),
    (
        "self-harm",
        r"\bsonst\b[^.!?]{0,30}\bwas ich [^.!?]{0,30}\bversucht hab|(?:keine?|kei|fehlt mir die|fehlt die|ohne) (?:kraft|chraft)(?: mehr| meh)?,?(?: [\w,]+){0,4} (?:aufzuwachen|aufzustehen|weiterzu\w+|zu leben|zu kämpfen|morgen|leben)|brücke(?: \w+){0,3} (?:ist |wäre )?hoch genug|wie hoch muss|(?:auf|vom) (?:dem |einem )?\w*dach\b[^!?]{0,60}(?:tut mir leid|verzeiht|leid tut|springe?)|mach\w*(?: \w+){0,3} schluss\b[^!?]{0,14}mit (?:allem|mir|meinem leben)|mit dem leben abgeschlossen|kein(?:en)? weg mehr|wants to die|(?:gegen|vor) (?:einen|den) baum (?:zu )?(?:fahre|fahren|setze)|baum auf der landstrasse|(?:will|wollte) weg von dieser welt|trinke mich(?: \w+)? tot|rasierklingen|voller schnitte|(?:geschnitten|geritzt)(?: \w+){0,3} (?:und|kann|hör)",
    ),
    (
        "farewell",
        r"(?:sagt|sag|grüsst|richtet)(?: \w+){0,4} (?:dass|das) (?:ich|i) (?:sie|ihn|es|euch)(?: \w+)? (?:liebe?|geliebt|lieb)|(?:besser|leichter)(?: \w+){0,3} (?:für (?:alle|euch)|so),? (?:wenn ich|ich gehe|ohne mich)|no(?:body| one) (?:would|will) (?:notice|miss|care)|seid ihr mich los|das ist mein letzter (?:post|tweet|beitrag)|hält mich nichts mehr|abschiedsnachricht|abschied\w* (?:geschrieben|schreiben)",
    ),
    (
        "violence",
        r"(?:er|vater|papa|stiefvater|freund|mann|ex)\b[^.!?]{0,30}(?:rastet|dreht|tickt)[^.!?]{0,20}(?:aus|durch)\b[^.!?]{0,40}(?:wirft|schlägt|tritt|messer|flaschen|tür|versteck)|fasst mich(?: \w+){0,2} an\b|kommt nachts in mein zimmer|wenn ich (?:\w+ )?(?:gehe|verlasse|weggehe)[^.!?]{0,30}(?:bringt er|tötet er|bin ich tot)|(?:haut|prügelt|schlägt) mich|mit dem gürtel|an den haaren|röchel",
    ),
    (
        "self-harm",
        r"\b(?:wie ?viele?|welche\w*|ab wann|wo(?:mit| bekommt)?|wie(?: lange)?|woran)\b[^.!?]{0,60}(?:tödlich|stirbt man|zum sterben|sterben könnte|umbringt|erfriert|erfrieren|gift her)|(?:mir|mich) (?:\w+ ){0,4}(?:pulsadern|erhängen|vergiften|ertränken|anzünden|vor den zug)|(?:paracetamol|ibuprofen|schlafmittel\w*|tabletten|medikamente|pillen)\b[^.!?]{0,50}(?:reicht das|tödlich|sterben|genug da|hergerichtet|auf einmal)|(?:geh\w*|gang|spring\w*)(?: \w+){0,3} (?:ins wasser|in den (?:fluss|see|rhein|neckar|main)|in die (?:elbe|donau|isar|weser|spree|oder))(?! (?:baden|schwimmen))|(?:unter der|unter die) erde (?:läg|wär|komm)|läg(?:e)? (?:ich )?(?:\w+ )?unter der erde|lebenswille (?:auch|ist weg|weg)|freitod wählen|dem tod (?:näher|entgegen)|der tod (?:\w+ ){0,3}(?:freundlicher|besser|erlöst)|(?:sterben|tot) (?:wär\w*|ist) (?:\w+ ){0,2}(?:besser|leichter|einfacher)|erlöst (?:von mir|sein|werden)",
    ),
    (
        "self-harm",
        r"\b(?:quiero morir|no quiero vivir|(?:veux|voudrais) mourir|en finir avec|vouloir mourir|voglio morire|non voglio vivere|chcę umrzeć|nie chce żyć|chce umrzec|ölmek istiyorum|yaşamak istemiyorum|хочу умереть|не хочу жить|хочу померти|не хочу жити|want (?:him|her|them)? ?(?:to )?die|wish i (?:was|were) dead|tired of (?:being alive|living|life)|no point in living|on the (?:roof|bridge|ledge)|took (?:all )?(?:her|his|my|the) pills|said my goodbyes|not be here (?:tomorrow|anymore|any more)|goodbye (?:everyone|world|all))",
    ),
    (
        "farewell",
        r"\b(?:letzter tweet|letzte worte|leb(?:t)? wohl|sucht (?:mich )?nicht(?: nach mir)?|suchen lohnt|ich komme (?:auch )?nicht (?:mehr )?(?:wieder|zurück)|ich (?:werde|bin) (?:bald|dann|morgen) (?:nicht mehr|weg|fort)|verzeih mir|ich (?:geh\w*|verschwinde) (?:jetzt )?(?:für immer|und komme? nicht)|macht'?s gut[^a-z]{1,4}(?:für immer|ihr|diesmal)|tschüss leute|so gut wie tot|das andere datum|letztes kapitel|zum letzten mal (?:die|den|das|mama|meine)|(?:keine|keinen) (?:grund|sorge)\w*[^.!?]{0,30}nie mehr|ohne mich statt|wenn (?:ihr|du|sie|jemand) das (?:hier )?(?:lest|liest|lesen)\b[^.!?]{0,40}(?:zu spät|nicht mehr|weg|fort|bin ich)|gute nacht[^a-z]{1,3}(?:diesmal|für immer))",
    ),
    (
        "violence",
        r"\b(?:vergewaltig(?:t|te)|missbraucht|sexuell belästigt) (?:worden|mich|und|ich)|(?:wurde|hat mich|er hat|bin)(?: \w+){0,4} vergewaltigt|(?:lauert|verfolgt|stalkt|sticht|droht)(?: \w+){0,5} (?:mich|mir|uns|ab\b|vor (?:der|meiner|ihrer)|auf)|(?:dass|daß) (?:sie|er) (?:heute |gleich |jetzt )?springt|(?:hilfe|flehen|fleht)(?: \w+){0,5} aufzuhören|(?:schleiht|schlat|schlaht|haut|prügelt) (?:mi\b|mich|uns|de |d |sie)|(?:sperrt|eingesperrt|festgehalten|hält mich)(?: \w+){0,3} (?:fest|keller|ein\b|wohnung|haus)|(?:pass|ausweis) (?:weggenommen|abgenommen)|(?:he|my (?:dad|husband|boyfriend|ex|father)) (?:\w+ ){0,3}(?:hits|beats|broke|choked|kill|threatens)|(?:tritt|trat) (?:er )?(?:mich|mir|gegen die tür)|(?:halb ?tot|zusammen|krankenhausreif) ?geschlagen|macht (?:uns|mich|sie) (?:alle )?(?:kaputt|fertig|tot)\b[^.!?]{0,30}(?:keller|tür|messer|angst|droht)",
    ),
)  # fmt: skip
DISTRESS = (
    r"\b(?:ich|bin|i|mir|mich|mein|mia|me|my)\b.{0,80}(?:einsam|verzweifel|traurig|weine|heule|depress|angst|panik|am ende|kaputt|fertig|leer\b|überforder|hoffnungslos|"
    r"nicht weiter weiss|kann nicht mehr|weiss nicht weiter|halte? (?:es )?(?:\w+ )?nicht (?:mehr )?aus|lonely|broken|niemanden? mehr|weh tut|tut (?:so )?weh|graut|verlassen|elend|hilflos)"
    r"|\b(?:einsam|verzweifelt|verzweifelte|depression\w*|weine|heule)\b.{0,60}\b(?:ich|bin|mir|mich)\b|decke auf den kopf|schäm(?:e)? mich|kein(?:en)? ausweg|am boden zerstört|seelisch am|nervlich am ende|mutterseelenallein"
)
SAFE: tuple[str, ...] = (
    # jokes and ways of speaking
    r"lach\w* (?:ich )?(?:mich|mi) (?:\w+ )?(?:tot|kaputt|schlapp|weg|kringelig)|😂|🤣|\bhaha|\blol\b|\bxd\b|\brofl|🙈|😅|😄|😜|\bhihi|\bgrins|\*g\*|;-?\)|kicher|schmunzel",
    r"(?:bring\w*|töte\w*|kill\w*|erschie\w*|würg\w*|stirbt?|sterbe|häng\w*|umbringen|spring\w*|freitod|selbstmord|suizid|kill myself|die)\b[^.!?]{0,60}\b(?:last christmas|wham|vor lachen|vor hunger|vor langeweile|langeweile|lachen|hunger|marzipan|plätzchen|lebkuchen|all i want|schwiegermutter|helene fischer|mariah|deutschen bahn|db\b|excel|mathe|klausur|hausaufgaben|montag\b|kalorien|muskelkater|bundesliga|\bhsv\b|\bvfb\b|\bschalke|drucker|steuererklärung|playlist|dauerschleife|glühwein|schnupfen|männergrippe|weihnachtslieder|rosinen|karriere\w*|politisch\w*|wirtschaft\w*)",
    r",? sagte? (?:der|die|mein\w*|unser\w*|oma|opa|er|sie)\b[^.!?]{0,30}(?:[.!?]|$)|\b(?:oma|opa|mutter|vater|tante|onkel|chef)\w* sagte? immer\b|\bum (?:den verstand|den schlaf|die nerven|meinen schlaf)\b|\bsterben für\b|killt mich,? wenn|\bich (?:bring\w*|mach\w*)\b[^.!?]{0,40}(?:wenn \w+ noch (?:ein ?mal|mal|ein)|noch um mit diese[mr])|nein, natürlich nicht|\b(?:muss|kann|möchte|könnte|sollte) (?:man|frau) sich\b|\bzum (?:erschie(?:ss)en|aufhängen|davonlaufen)\b|in die seile|erdgeschoss|bringt mich (?:noch )?ins grab|\b(?:last christmas|wham!?|männergrippe|männerschnupfen|vor lachen|totlachen|todmüde|todlangweilig|sterbenslangweilig|scherz|spass beiseite|ironie|sarkasmus|nur spass|hungertod|zum sterben schön|könnte ich sterben für|sterbe gleich vor|for dying of|dad joke)\b",
    # lyrics, films, books, quotations
    r"🎵|🎶|♪|♫|songtext|\blyrics?\b|liedzeile|singt\b|\bsong\b|zitat\b|tatort|\bkrimi|\bfilm\b|\bserie\b|folge \d|staffel|drehbuch|romanfigur|im buch\b|hörbuch|toten hosen|rammstein|rilke|goethe|hesse\b|werther|shakespeare|netflix|theaterstück|(?<!unser )lied\b(?! für mich)|now playing|\bspotify",
    # figures, politics, work, public talk
    r"\b(?:statistik|prävention\w*|studie\b|prozent|fachtag|vortrag|seminar|fortbildung|jährlich|pro jahr|politi\w*|regierung|partei|wähler|merkel|afd\b|spd\b|cdu|grüne[n]?\b|trump|minister\w*|gesetz\w*|demokratie|kapitalismus|medien\b|kampagne gegen|telefonseelsorge (?:ist|sucht|hat|bietet)|ehrenamtliche\w* (?:für|am)|welttag|aktionstag|sensibilisier\w*|pressemitteilung|polizei (?:meldet|berichtet|teilt)|laut (?:polizei|studie)|prozess|angeklagt|verurteilt|gericht|landgericht|festgenommen|tatverdächtig\w*)\b",
    # the same words about things, games and ends that are none
    r"\b(?:steuererklärung|kälte|hitze|wetter|mathe\w*|geschenke|arbeit|klausuren?|excel|serie|diät|sport|treppe|rücken|zahn\w*|knie|pollen|deutsche bahn|warteschleife|meeting)\b[^.!?]{0,40}(?:bring\w*|killt|tötet|schafft|macht) mich|\b(?:beim|im|in) (?:kniffel|schach|skat|rommé|tischtennis|mau-?mau|kartenspiel\w*|spiel|uno|monopoly|fussball|tennis)\b|sahne|eiweiss|zeit tot|am papier|die haare|pony\b|antenne|dachrinne|solaranlage|(?:beitrag|post|tweet) für heute|als single|in (?:dieser|der) (?:wohnung|firma|abteilung)|hashtag|tippfehler|(?:diesen|meinen) job|raketen\b|korinther|immer gesagt|ratgeber|(?:was tun|wie erkenn\w*),? wenn",
)  # fmt: skip
PAST = (
    r"\b(?:letztes jahr|vor (?:\w+ )?(?:jahren|jahr|monaten|\d+ jahren)|damals|früher|201\d|200\d|als (?:teenager|jugendliche\w*|kind)|mit (?:1\d|2\d) (?:wollte|habe|war)|"
    r"inzwischen|heute (?:bin ich|geht|lebe|weiss ich|lach|habe ich)|mittlerweile|überlebt|überstanden|seitdem|längst|zum glück nicht|wurde (?:mir )?geholfen|therapie (?:hat|geholfen)|bin (?:so )?froh, dass ich (?:noch )?(?:lebe|da bin)|years ago|hatte (?:ich )?(?:mal|einst)|jetzt geht(?:'s| es) (?:mir )?(?:wieder |viel )?(?:besser|gut))\b"
)
BEREAVED = (
    r"\b(?:hat sich|nahm sich|hatte sich)(?: \w+){0,8} (?:das leben genommen|umgebracht|das leben|erhängt|erschossen|suizidiert)|(?:ist|war|sind|isch) (?:\w+ ){0,6}(?:gestorben|verstorben|tot\b|an krebs|gschtorbe)|(?:durch|nach (?:dem|einem)|wegen) (?:\w+ )?(?:suizid|selbstmord)(?: \w+){0,4} (?:verloren|gestorben|hinterblieben|meine?[srnm]?|von)|"
    r"verwaiste eltern|hinterbliebene|durch suizid verloren|beerdigung|todestag|trauergruppe|trauercafé|trauerfeier|verlor(?:en)? (?:\w+ ){0,4}(?:durch|an) (?:suizid|selbstmord)|took (?:his|her) (?:own )?life"
)
_AGO = r"\b(?:vor (?:\w+ )?jahren|damals|früher|mit (?:1\d|2\d|\w+zehn|zwanzig)|als (?:kind|teenager|jugendliche\w*)|früehner|letztes jahr)\b"
_NOW_THEN = r"\b(?:heute|jetzt|inzwischen|mittlerweile|lange her|hüt|seitdem|längst)\b"
OVER = (
    _AGO
    + r"[^!?]{0,140}"
    + _NOW_THEN
    + r"[^!?]{0,40}\b(?:bin|bini|hab\w*|geht|lebe|lebt|her|froh|leben|therapie|geholfen|ghulfe)\b"
    r"|(?:heute )?vor (?:\w+ )?jahren\b[^!?]{0,60}\b(?:verloren|gestorben|genommen)\b|lange her\b|bin (?:so )?froh,? dass ich (?:noch |damals |ge)|seit (?:\w+ ){1,2}jahren (?:clean|stabil|gesund|raus|in sicherheit)\b|(?:verlassen|getrennt),? weil (?:er|sie) [^.!?]{0,30}(?:geschlagen|bedroht|gewürgt)|heute geht es mir (?:wieder |viel )?(?:besser|gut)|um anderen mut zu machen"
)
_LONG_AGO = Gated(_AGO)
_AND_NOW = re.compile(
    r"[^!?]{0,140}"
    + _NOW_THEN
    + r" (?:sitz|steh|koch|lach|sing|feier)\w* ich (?:mit|bei|beim|in der küche|in [a-zäöü]+ (?:mit|bei|in der küche))\b"
)
_NEGATED = r"(?:will|werde|würde|mach|tu|denke)\w* (?:mich |mir |mi |ich )*(?:aber |natürlich |sicher |keine sorge )*(?:nicht|nix|nichts|ned|net) (?:umbringen|antun|an)|keine sorge|nicht suizidal|nicht (?:lebensmüde|suizidgefährdet)|kein(?:e)? suizid|bin nicht in gefahr|tue mir nichts|niemand hat mich"
_ACUTE = tuple((kind, re.compile(p.replace("ß", "s"))) for kind, p in ACUTE)
_DISTRESS = re.compile(DISTRESS)
_SAFE = tuple(Gated(p) for p in SAFE)
_PAST, _BEREAVED, _NEG, _OVER = Gated(PAST), Gated(BEREAVED), Gated(_NEGATED), Gated(OVER)
_NOW = Gated(
    r"\b(?:jetzt|gerade|grad|heute nacht|heut nacht|heute|immer noch|wieder|seit (?:tagen|wochen|stunden)|aktuell|grade|now|tonight|auch (?:nicht|so)|dasselbe|ihm folgen|ihr folgen|folge (?:ihm|ihr)|zu (?:ihm|ihr))\b"
)
PREDATORY = re.compile(
    r"\b(?:jungen? (?:damen?|frauen?|mädchen|mädels?|girls?)|junge(?:s)? (?:mädchen|mädel|frau|girl)|hübsche\w*|attraktive\w*|schlanke\w*|weibliche\w* (?:begleitung|gast|gäste)|studentin(?:nen)?|ukrainerin(?:nen)?|girls?|sie,? (?:1[6-9]|2\d)|teenager(?:in)?|minderjährig\w*|mädchen ab)\b[^.!?]{0,120}(?:übernacht|schlafen|bett\b|wohnen|zimmer|gegenleistung|bilder?\b|foto|pic\b|verwöhn|kuscheln|massage|diskret|gefällig|taschengeld|whirlpool|sauna|mehr\b|länger|unkompliziert|gratis|kostenlos)"
    r"|(?:übernachtung|schlafplatz|zimmer|bett|wohnen|unterkunft|couch)[^.!?]{0,80}(?:nur (?:für|an) (?:\w+ )?(?:frauen|mädchen|damen|girls|studentinnen)[^.!?]{0,60}(?:bild|foto|schlank|hübsch|solo|single)|gegen (?:zärtlichkeit|sex|kuscheln|gefälligkeit|massage|gesellschaft im)|mit extras|teilen wir (?:uns )?(?:das|ein) bett|bett teilen)"
    r"|(?:schick\w*|sende\w*|mit|bitte) (?:\w+ ){0,3}(?:ganzkörper)?(?:bild|foto|pic|selfie)s?\b[^.!?]{0,60}(?:frau|mädchen|dame|allein|übernacht|jung)|tg\b.{0,30}taschengeld|taschengeld(?:verhältnis|treffen|beziehung|girl|frau)\w*|gegenleistung(?:en)? nach (?:absprache|vereinbarung|wahl)|(?:nette|hübsche|junge|attraktive|liebe|schlanke) sie (?:gesucht|für|als)|(?:übernachtung|schlafplatz|zimmer|bett|unterkunft|couch|reise|urlaub)[^.!?]{0,60}(?:hübsche|attraktive|schlanke|anschmiegsame|knackige)\w* (?:dame|frau|sie|studentin|begleitung|begleiterin|untermieterin)|(?:hübsche|attraktive|schlanke|anschmiegsame)\w* (?:untermieterin|mitbewohnerin|begleiterin|reisebegleitung)|(?:mädels?|mädchen|girls) (?:ab|unter|zwischen) (?:1[2-9]|2[0-5])\b|(?:lieb|nett|zärtlich) zu mir (?:bist|ist|sein)|(?:zahlst|bezahlst|miete|kostet)(?: \w+){0,4} (?:zuneigung|naturalien|(?:ein )?bisschen liebe|zärtlichkeit\w*)|eltern (?:\w+ ){0,3}(?:nichts|nix) (?:\w+ )?(?:sagen|wissen|erzählen|mitkriegen|davon)|teilt man sich mein bett|sugar ?daddy|gemeinsam(?:es)? bett|sag\w* (?:aber )?(?:keinem|niemandem|nichts deinen eltern)|ohne deine eltern"
)
FRAUD = re.compile(
    r"\b(?:bitcoin|btc|\beth\b|krypto|crypto|usdt|western union|moneygram|paysafe\w*|gutschein(?:code|karte)\w*|steam-?karte\w*|google-?play|apple-?karte|gift ?card\w*|amazon-?gutschein\w*|vorkasse|gebühr (?:vorab|überweisen)|erbschaft|million(?:en)? (?:dollar|euro|usd)|darlehen|kredit (?:ohne|angebot|sofort)|dubai|us army|offshore|ölplattform|oil rig|zollgebühr\w*|lottogewinn|wallet|bc1q\w*)\b"
    r"|bin (?:\w+ ){0,5}(?:soldat|sergeant|general|offizier|chirurg|ingenieur|arzt|doctor|kapitän)\b[^.!?]{0,50}(?:syrien|jemen|afghanistan|irak|einsatz|plattform|bohrinsel|friedensmission|stationiert)|konto (?:\w+ ){0,3}(?:eingefroren|gesperrt)[^.!?]{0,60}(?:leih|überweis|schick|bestätig)|hallo (?:mama|papa)\b[^!?]{0,60}(?:neue nummer|handy)|(?:doppelt|doppelte|dreifach|dreifache) zurück|verstorbene\w* (?:mann|kunde\w*)[^.!?]{0,60}(?:mio|million|usd|erbe)|(?:schreib|kontaktier|melde|text|add|contact|message|write)\w* (?:\w+ ){0,4}(?:whatsapp|telegram|hangouts|google chat|signal)\b"
)
_UNSAID = Gated(  # what the model is not taught: nobody says it in jest
    r"\b(?:hab|habe|hob|i ha)(?:'?s| es)? (?:\w+ ){0,2}wieder (?:gemacht|getan|gmacht|gmocht)\b[^!?]{0,80}\b(?:tiefer|blut\w*|ärmeln?|narben?|pflaster|verband|klinge|arme?|schnitte?)\b"
    r"|\b(?:blut\w*|narben?|klinge|schnitte?|tiefer|geritzt)\b[^!?]{0,60}\b(?:lange?n? ärmeln?|pulli drüber)\b|\blange?n? ärmeln?\b[^!?]{0,60}\b(?:tiefer|blut\w*|narben?|klinge|schnitte?|wieder gemacht|(?:keiner|niemand) (?:sieht|merkt))\b"
    r"|\b(?:hoff\w*|wünsch\w*|bete|bet|warte?)\b[^.!?]{0,50}\baugen\b[^.!?]{0,20}\b(?:zubleiben|zu bleiben|nicht mehr auf\w*|nie mehr auf\w*)\b|\baugen zu\b[^.!?]{0,30}\b(?:nicht mehr|nie mehr|nie wieder|für immer)\b"
    r"|\b(?:trauer\w*|weint|weinen|heul\w*)\b[^.!?]{0,20}\bum mich\b[^.!?]{0,20}\b(?:keiner|niemand|eh|kein mensch)\b|\b(?:keiner|niemand|kein mensch)\b[^.!?]{0,25}\bum mich (?:trauern|weinen|heulen)\b"
    r"|\bum mich (?:\w+ ){0,2}(?:trauert|weint|heult) (?:\w+ ){0,3}(?:keiner|niemand)\b"
)
_SERVICE = Gated(
    r"\b(?:link|code|passwort|eintrags?|seite|mails?|formular|konto|daten|liste|anmeldung|nachrichten|adresse)\b"
)
_SHORT = 110  # characters of a message that is about nothing else
_LONELY = len(_ACUTE)
_SIEVE = Sieve([*(pattern for _, pattern in _ACUTE), _DISTRESS, PREDATORY, FRAUD])


def harmless(low: str) -> bool:
    """Whether something says that a joke, a song, a film, public talk or a time long over is meant."""
    low = low[:6_000]
    return any(p.search(low) for p in _SAFE) or _over(low)


def _over(low: str) -> bool:
    """Whether it is told as long over: what is well now is said as well."""
    return _OVER.search(low) is not None or any(_AND_NOW.match(low, ago.end()) for ago in _LONG_AGO.finditer(low))


def unsaid(low: str) -> re.Match[str] | None:
    """What tells of self-harm or of not wanting to wake again without a usual word for it."""
    found = _UNSAID.search(low[:6_000])
    return None if found is None or harmless(low) else found


def of_the_service(low: str) -> bool:
    """Whether a short message speaks of the service itself: a link, a code, an entry in a list."""
    return len(low) <= _SHORT and _SERVICE.search(low) is not None


def look(folded: Folded) -> tuple[str, list[Evidence], float]:
    """(none, distress or acute; the words; how sure, 0 to 1). Predatory and fraud evidence leaves the level alone."""
    low = folded.low[:6_000]
    evidence: list[Evidence] = []
    could = _SIEVE.candidates(low)
    for number in (n for n in could if n < len(_ACUTE)):
        match = _SIEVE.search(number, low)
        if match:
            evidence.append(Evidence(_ACUTE[number][0], *folded.span(match.start(), match.end())))
    strength = 0.0
    if evidence:
        strength = 0.9 if len(evidence) > 1 else 0.75
        strength -= 0.55 * harmless(low)
        strength -= 0.4 * bool(_PAST.search(low) and not _NOW.search(low))
        strength -= 0.5 * bool(_BEREAVED.search(low) and not _NOW.search(low))
        strength -= 0.6 * bool(_NEG.search(low))
        strength -= 0.2 * _over(low)
    level = (
        "acute"
        if strength >= 0.5
        else "distress"
        if evidence or (_LONELY in could and _SIEVE.search(_LONELY, low))
        else "none"
    )
    if level != "acute":
        evidence = evidence if strength > 0.2 else []
        if said := unsaid(low):
            evidence.append(Evidence("despair", *folded.span(said.start(), said.end())))
            level = "distress"
    for number, kind in ((_LONELY + 1, "predatory"), (_LONELY + 2, "fraud")):
        match = _SIEVE.search(number, low) if number in could else None
        if match:
            evidence.append(Evidence(kind, *folded.span(match.start(), match.end())))
    return level, evidence, max(0.0, strength)
