"""Traps for people, warnings and needs: what another hand writes, and what must follow from it."""

from __future__ import annotations

import pytest

from zueinander.understanding.reader import contact as contacts
from zueinander.understanding.reader.ages import ages, minor
from zueinander.understanding.reader.behalf import asks
from zueinander.understanding.reader.company import company
from zueinander.understanding.reader.danger import harmless, look
from zueinander.understanding.reader.fold import Folded, fold
from zueinander.understanding.reader.party import party
from zueinander.understanding.reader.seats import seats_left
from zueinander.understanding.reader.tags import needs

PARTIES: list[tuple[str, int | None]] = [
    ("Meine drei (9, 10, 12) sind aus allem rausgewachsen, der Papa ist weg", 4),
    ("Ich, 27, mit drei Kleinen, wer vermietet an so was wie uns?", 4),
    ("Gärtnerin, zwei Mädels (7, 11), suche drei Zimmer", 3),
    ("Vater, Mutter, zwei Kinder (1 und 11) suchen eine Oma", 4),
    ("Papa, Mama, ich und die Zwillinge, Keller unter Wasser", 5),
    ("wir zwei plus baby, heizung seit gestern tot", 3),
    ("Laura (7) und ich haben grad nix", 2),
    ("Mir zwa aus Wien holn's morgen ab", 2),
    ("Wir (2 Erw., 2 Kinder, 1 Hund) suchen was", 4),
    ("Meine Frau und ich suchen Anschluss", 2),
    ("Bin allein, 34", None),
    ("Wer schiebt mich zum Augenarzt? Es sind nur 700 Meter, aber bergauf", None),
    ("Bringt mich wer zum Friedhof? Es sind nur fünf Kilometer", None),
    ("Suche für mich und meine zwei Kinder", 3),
    ("wir zwei beide suchen", 2),
    ("zu fünft suchen wir", 5),
    ("Mama mit Baby sucht", 2),
    ("Mein Sohn (7) und ich suchen Familie", 2),
    ("Drei Studentinnen suchen Silvesterparty", 3),
    ("Wir sind eine Familie mit drei Kindern", 5),
    ("Ich und meine Schwester", 2),
    ("Ehepaar, beide 70, sucht Gesellschaft", 2),
    ("Vater mit zwei Söhnen (5 und 8) sucht", 3),
    ("mir sind z dritt", 3),
    ("wir sind 4 Leute", 4),
    ("Suche 2 Leute zum Skat", None),
    ("2 Erwachsene + 1 Kleinkind", 3),
    ("my husband and I are looking", 2),
    ("New Years Eve in Vienna, me and my wife", 2),
    ("Seit mein Mann im Mai gestorben ist, bin ich an den Tagen allein", None),
    ("we are a family of four", 4),
    ("Zwei Freundinnen, Mitte 50, suchen", 2),
    ("ich mit meinen 3 kids", 4),
    ("Wir Geschwister (19 und 22) suchen", 2),
    ("Ich (w, 60) mit Hund", None),
    ("Pärchen Anfang 30 sucht", 2),
    ("wir sind zwei Erwachsene und ein Teenager", 3),
    ("Vier Pflegeschülerinnen, ein Kater, kein Baum", 4),
    ("there are three of us", 3),
    ("me and the triplets", 4),
    ("Mutti, Vati, zwei Racker", 4),
    ("Papa + Sohnemann suchen Gesellschaft", 2),
    ("Ich mit meinem Kleinen", 2),
    ("3 Leute, 2 Sprachen, 1 Hund", 3),
    ("Ehepaar mit Kleinkind sucht", 3),
    ("Unser Sohn liegt im Krankenhaus, wir suchen ein Zimmer", 3),
    ("Suche zwei Helferinnen für den Garten", None),
    ("Meine Frau ich und unser Sohn suchen", 3),
    ("Oma Hilde (79) und Opa Heinz (82) suchen einen Enkel auf Zeit", 2),
    ("Meine beiden und ich suchen Anschluss", 3),
    ("Meine beiden sind bei ihrem Papa, wer mag telefonieren?", None),
    ("Wir haben drei Kinder und suchen eine andere Familie", 5),
    ("Wir sind 84 und 86 und suchen Gesellschaft", 2),
    ("Meine Kinder sind vier und sechs, wer hat ein Bett übrig?", None),
    ("Ich, Witwer, 70, suche Gesellschaft", None),
    ("Würde gern mal wieder zu zweit essen", None),
    ("Wer geht mit meinem Mann angeln?", None),
    ("Jonas, Emre und ich suchen Leute zum Kochen", 3),
    ("Katja (36), Sven (40) und Lina (9) suchen Anschluss", 3),
    ("Wer hat noch zwei Plätze im Auto? Wir zahlen Sprit", 2),
    ("60 Kisten. 2 Arme. 1 Samstag.", None),
    ("Bin 58, zwei erwachsene Kinder, suche nette Menschen", None),
    ("Vater von drei Mädchen sucht in Hameln einen gebrauchten Kinderwagen.", 4),
    ("Ich bin Mama von zwei Jungs und unser Herd ist kaputt. Hat wer einen übrig?", 3),
    ("Mutter von fünfen, kein Strom mehr, wer hilft in Aurich?", 6),
    ("Wir sind zwei Paare mit je einem Kind und suchen eine Hütte.", 6),
    ("Zwei Familien mit je zwei Kindern suchen eine Ferienwohnung.", 8),
    ("Gruppe (22 Jugendliche, 2 Betreuer) sucht einen Saal zum Schlafen.", 24),
    ("Ein Dutzend Ministranten sucht für eine Nacht ein Dach.", 12),
    ("Sucht wer für eine Freundin und ihre drei Kinder ein Zimmer?", 4),
    ("Mein Sohn (7) und ich suchen einen Leihopa.", 2),
    ("Ich, mein Mann und das Baby stehen auf der Straße.", 3),
    ("Familie, drei Kinder, alle unter zehn, sucht Anschluss.", 5),
    ("Bin alleinerziehend mit vieren und suche Winterjacken.", 5),
    ("Schulklasse, 28 Kinder und 2 Lehrer, sucht einen Bus.", 30),
    ("Schwiegermutter und ich wollen zum Krippenspiel, wer nimmt uns mit?", 2),
    ("Zwei Studentinnen und ein Baby suchen ein Zimmer.", 3),
    ("Mein Mann Emil, unsere Ruth (7), der kleine Piet (anderthalb) und ich suchen Anschluss in Lich.", 4),
    ("Für meine Frau, unsere 16-jährige Tochter und mich suche ich eine Bleibe in Husum.", 3),
    ("Ich und mein 14 Monate altes Baby würden gern mal unter Leute. Suhl", 2),
    ("Meine Frau und ich, Rentner, suchen nette Gesellschaft in Isny.", 2),
    ("Meine Mutter (86), mein Vater (90) und ich, die Tochter, wohnen zusammen und hätten gern Besuch.", 3),
    ("Wir sind drei Generationen Frauen, meine Mutter, ich und meine Tochter.", 3),
    ("Zwei Freundinnen und ich wollen von Ulm nach Trier und suchen ein Auto.", 3),
    ("Papa, Mama, Jonas (10) und Mia (7) suchen Ersatzgroßeltern in Schwaz.", 4),
    ("Meine Mutter, meine Schwester Vera mit ihren beiden Söhnen, 4 und 11, und ich sind neu in Gera.", 5),
    ("Mein Mann und ich sind mit unseren beiden Söhnen nach Minden gezogen und suchen Anschluss.", 4),
    ("Wir zwei und unser Sohn suchen ab Januar eine Unterkunft in Ulm.", 3),
    ("Haben drei Kinder und suchen für uns fünf ab März eine Bleibe in Lauf.", 5),
    ("Mein Bruder und seine Frau kommen, dazu mein Vater. Für die drei und mich wünsche ich mir einen Tisch.", 4),
    ("Mama, Papa und eine Sechsjährige mit Gipsbein suchen Puzzles.", 3),
    ("Ein befreundetes Paar aus Chile sucht ein Zimmer. Sie sind Mitte 60.", 2),
    ("Ich suche ein altes Paar Tourenski, bin Studentin.", 1),
    ("Mein Mann ist im Herbst verunglückt, wir waren gerade erst nach Peine gezogen, ich kenne niemanden", None),
    ("Wir sind auf Platz 31 der Warteliste, leiht uns jemand ein Beet?", None),
    ("Gefahren wird immer zu zweit, wer macht mit?", None),
    ("Wer hätte Lust, sich zu dritt oder viert ein Haus zu teilen?", None),
    ("Gibt es hier Eltern mit Kindern um die fünf, die sonntags auch nicht wissen, wohin?", None),
    ("Spaltet mir jemand das Brennholz? Sind zwei Raummeter", None),
    ("Meine Kater sind beide alt, wer füttert sie?", None),
    ("Sind drei ältere Damen und suchen einen Tisch", 3),
    ("Mag jemand mit mir zu zweit wichteln?", None),
    ("Bin mit meiner Mama zerstritten und am 24. allein", None),
    ("Für den Umzug bräuchte ich am 30. zwei starke Leute", None),
    ("Zwölf Mann vom Musikverein suchen eine Scheune für eine Nacht", 12),
    ("Bin mit Mann und Baby neu in Gera und suche Anschluss", 3),
]
SEATS: list[tuple[str, int | None]] = [
    ("Klöße für acht, wir sind fünf. Rechnet selber", 3),
    ("Zwa Leut gangertn no eine", 2),
    ("Heiligobend, Metzingen. Vier gengat no nei", 4),
    ("Wir sind zu zweit übrig geblieben und haben Platz für drei, die auch übrig sind", 3),
    ("Am 24. bei uns in Gera, max. 3. Bitte melden", 3),
    ("Kutt erop, bes ze fünf Mann", 5),
    ("Mia san z'viert. Drei gengan no leicht eini", 3),
    ("Wer mag kommen? Zwei Leut gehen locker", 2),
    ("Mein Tisch hat sechs Stühle, vier davon kalt", 4),
    ("Der lange Tisch steht in Husum, wir nehmen noch drei", 3),
    ("Mia san z'viert, a fünfta Stui is frei", 1),
    ("Töpferkurs am Samstag, neun von zehn Scheiben sind vergeben", 1),
    ("Chorwochenende, max. zwölf Teilnehmende, angemeldet: 8", 4),
    ("Ich habe neun Portionen Linsen gekocht, fünf sind abgeholt", 4),
    ("Matratzenlager mit 14 Plätzen, 6 davon schon bezogen", 8),
    ("Das Haus hat Betten für acht, zu uns gehören drei", 5),
    ("Von den zehn Tellern sind sieben vergeben", 3),
    ("Tisch für neun, Platz noch für vier", 4),
    ("Zimmer frei für eine Geflüchtete mit einem Kind", 2),
    ("Der Bus fasst 40 Leute, 33 haben bezahlt", 7),
    ("Der Bergführer nimmt neun, acht haben überwiesen", 1),
    ("Wir sind zu sechst im Boot und könnten neun sein", 3),
    ("Hütte für zwölf, wir sind vier Paare. Gesucht: noch mehr", 4),
    ("Vier Stühle waren frei, einer ist noch zu haben, drei sind weg", 1),
    ("Gekocht habe ich für zehn, und fünf haben abgesagt. Wer mag?", 5),
    ("Zwei Doppelbetten stehen leer, Silvester", 4),
    ("Einen älteren Herrn laden wir gern ein", 1),
    ("Auf dem Beifahrersitz sitzt noch niemand, morgen nach Gera", 1),
    ("Heinz ist weggezogen. Wer will seinen Stuhl haben? Skat", 1),
    ("Wir würden ein junges Paar aufnehmen", 2),
    ("Eine Oma mit zwei Enkeln würden wir gern bekochen", 3),
    ("Das Zimmer ist für jemanden, der gerade nicht weiterweiß", 1),
    ("In den Bus passt hinten noch wer", 1),
    ("Bei uns schläfst du umsonst", 1),
    ("Ein älterer Herr aus dem Ort wäre uns zum Kaffee willkommen", 1),
    ("Ruth ist fort, ihr Stuhl bleibt gedeckt, wer setzt sich hin?", 1),
    ("Mir händ Raclette für acht und si füf", 3),
    ("Noch drei Plätze frei", 3),
    ("Ein Stuhl ist noch frei", 1),
    ("Wir sind zu viert, Tisch ist für acht", 4),
    ("Bisher sind wir 9, Platz ist für 14", 5),
    ("Platz für max. 6 Leute", 6),
    ("Können zwei Gäste aufnehmen", 2),
    ("haben 2-3 Plätze", 3),
    ("Gans für 6, wir sind 4", 2),
    ("Zimmer für eine Mutter mit Kind", 2),
    ("ein Doppelbett und eine Couch frei", None),
    ("Bett frei", None),
    ("bis zu vier Personen", 4),
    ("Platz für eine Person", 1),
    ("noch Platz für dich", 1),
    ("Kaffee und Kuchen ab 15 Uhr für alle", None),
    ("Es ist Platz für ein Pärchen", 2),
    ("Hier wären noch zwei Teller übrig", 2),
    ("room for three more", 3),
    ("we have 2 spare seats", 2),
    ("Mir hend no Platz für drü Lüt", 3),
    ("ham no zwoa Plätz", 2),
    ("nehmen gern noch jemanden auf", 1),
    ("Tisch für 10, 7 kommen schon", 3),
    ("4 Stühle, davon 1 noch frei", 1),
    ("Ich lade drei Alleinstehende ein", 3),
    ("Unser Sofa ist frei", None),
    ("ein dutzend plätze", 12),
    ("Ein Platz im Auto frei", 1),
    ("Zwei weitere Gäste sind willkommen", 2),
    ("kann eine Familie mit 2 Kindern aufnehmen", 4),
    ("Drei Sitze frei im Bus", 3),
    ("sieben passen rein", 7),
    ("Zwei Esser mehr machen nichts", 2),
    ("Mehr als 5 dürft ihr nicht sein", 5),
    ("Ein halbes Dutzend passt noch dazu", 6),
    ("3 am Tisch, 2 auf dem Boden", 5),
    ("Der Kessel ist für elf, wir sind sechs", 5),
    ("Neun Stühle, sechs von uns", 3),
    ("Wir kochen für zwölf statt sieben", 5),
    ("Platz für eine Person plus Begleitung", 2),
    ("Allein, und der Eintopf reicht für fünf", 4),
    ("Skat braucht drei, ich bin eine", 2),
    ("Nachmieterin gesucht", 1),
    ("Kaffee für 3 Euro", None),
    ("verschenke drei Matratzen", None),
    ("Bergstraße 8, Stuhl inklusive", None),
    ("Suppe ab 12 Uhr", None),
    ("Drei bis vier Gäste können wir aufnehmen", 4),
    ("Zwei Zimmer mit je zwei Betten", 4),
    ("Von sieben Sitzen sind noch drei frei", 3),
    ("Kann eine Mutter mit zwei Kindern aufnehmen", 3),
    ("Tafel für zehn, sechs kommen", 4),
    ("Wir sind sieben, und der achte Stuhl ist frei", 1),
    ("Einer geht noch rein in den Wohnwagen", 1),
    ("Du und deine Freundin könnt bei uns schlafen", 2),
    ("Sieben hungrige Mäuler kriegen wir satt", 7),
    ("Haben 200 Berliner übrig", None),
    ("Dienstags ab drei sitze ich im Café und lese vor", None),
    ("Wagen 7 Platz 62 darf sich setzen, wer steht", None),
    ("Wir sind eh so viele, drei mehr fallen nicht auf. Heiligabend in Celle.", 3),
    ("Auf zwei mehr kommt es bei uns nicht an, der Topf ist groß.", 2),
    ("12 Plätze haben wir, die Hälfte ist schon vergeben. Brunch in Fulda.", 6),
    ("Unser Saal hat 10 Plätze, davon ist die Hälfte noch frei.", 5),
    ("Sechs Betten stehen da, zwei sind schon belegt.", 4),
    ("9 Matratzen, 2 vergeben, der Rest wartet. Gemeindehaus Plauen.", 7),
    ("8 Paar Handschuhe gestrickt, wer mag welche?", None),
    ("Drei Paar Skier im Keller, suchen Beine.", None),
    ("Gulasch für zehn gekocht, wir sind aber nur zu viert.", 6),
    ("Der Braten reicht für acht, am Tisch sitzen fünf. Wer kommt?", 3),
    ("Ich nehme jemanden mit ins Theater, hab zwei Karten.", 1),
    ("Hab zwei Konzertkarten, meine Begleitung ist krank, wer kommt mit?", 1),
    ("Ein Paar oder zwei einzelne Leute sind an Neujahr willkommen.", 2),
    ("Zimmer für eine Mutter mit zwei Kindern frei.", 3),
    ("Zwei Gedecke mehr sind kein Problem.", 2),
    ("Ein Teller mehr geht immer, zur Not auch zwei.", 2),
    ("Vier Stühle stehen leer, seit die Kinder weg sind.", 4),
    ("Für eine alte Dame oder einen alten Herrn ist bei uns Platz.", 1),
    ("Wir sind freitags immer so zehn, zwölf Leute, komm doch dazu", None),
    ("Wir sind im Ort zwanzig Alleinstehende und gehen zusammen essen, setz dich dazu", None),
    ("Bisher 30 Leute, es passen 40 rein", 10),
    ("Unser Garten verträgt zehn, wir sind bis jetzt vier", 6),
    ("Der Tisch ist zu lang für drei Leute, setzt euch dazu", None),
    ("Wir haben noch drei Abende frei und kochen gern", None),
    ("Um 16 Uhr ist bei uns Plätzchen backen, Kinder willkommen", None),
    ("Ein Plätzchen am Tisch findet sich noch", 1),
    ("Zwei leere Anhänger stehen in Herzberg bereit", None),
    ("Suppe und ein warmer Platz für jeden, der keinen hat", None),
    ("Dienstags im Café, sind so acht bis zehn Leute, setz dich dazu", None),
    ("Wir jassen freitags, vier bis sieben Personen je nachdem", None),
    ("50 Plätze hatten wir, 9 sind noch zu haben. Anmeldung bis 20.12.", 9),
    ("Wir geben die Hütte umsonst an eine fünfköpfige Familie", 5),
    ("Mein Tisch hat sechs Stühle, auf einem sitz ich, fünf sind frei", 5),
    ("Ein Paar könnte noch bei uns unterkommen, Gästezimmer mit Doppelbett", 2),
    ("Ein paar könnten noch bei uns unterkommen", None),
    ("Wir hätten für ein Paar noch Platz am Tisch", 2),
    ("Wir hätten für ein paar Leute noch Platz am Tisch", None),
    ("Für dich und deine Tochter ist auf jeden Fall Platz", 2),
    ("Mein zweites Ticket für den Zirkus ist übrig", 1),
    ("Vier Karten bekommen, brauche selbst nur zwei. Die anderen zwei gebe ich ab", 2),
    ("Unsere Tafel reicht für neun, wir sind fünf. Rechnet selbst, wie viele noch Platz haben", 4),
    ("Fünf Leute passen um meinen Küchentisch, also vier außer mir", 4),
    ("Wi hebbt noch Platz för een, de anners alleen is", 1),
    ("Zwei Frauen in meinem Alter (55 bis 65) könnten zu mir kommen, dann wären wir zu dritt", 2),
    ("Bei uns kann über die Feiertage eine Mutter mit ihrem Kind wohnen", 2),
    ("Drei sind schon angemeldet, bei sieben ist Schluss, also gehen noch vier", 4),
    ("Kommt am 24. zu mir, drei gehen gut", 3),
    ("Küchenzeile, die Nachmieter wollen sie nicht", None),
    ("Unsere Stube ist warm. Oana kunnt no kemma", 1),
    ("Am 24. haben wir Klöße für drei extra", 3),
    ("Wir sind fünf, am Tisch gehen acht", 3),
    ("Meine Tür steht am 26. für drei andere Übriggebliebene auf", 3),
]
AGES: list[tuple[str, int | tuple[int, int] | None]] = [
    ("Bin 34, w", 34),
    ("ich (m/28)", 28),
    ("67 Jahre jung", 67),
    ("Mitte 50", None),
    ("Rentnerin, 71", 71),
    ("25-35 Jahre", (25, 35)),
    ("zwischen 40 und 50", (40, 50)),
    ("Ich werde 80", 80),
    ("Mein Sohn ist 12", None),
    ("Suche Platz, 24.12.", None),
    ("19j", 19),
    ("I'm 23 f", 23),
    ("bin anfang 40", None),
    ("Petra (54)", 54),
    ("54, geschieden, Hund", 54),
    ("um die 30", None),
]
MINORS = [
    ("bin 15 und allein", True),
    ("ich bin 16, m", True),
    ("Meine Tochter ist 14", False),
    ("gehe in die 8. Klasse", True),
    ("bin erst 17", True),
    ("Schülerin, 13", True),
    ("bin 17 Jahre verheiratet", False),
    ("seit 15 Jahren allein", False),
    ("hab 14 Plätze", False),
    ("darf ich ohne eltern kommen?", True),
    ("meine eltern wissen nichts davon, ich bin vierzehn", True),
    ("Ich bin Lehrer an einer Schule", False),
    ("W14 sucht", True),
    ("bin 12 uhr da", False),
    ("Kinder 12 und 14", False),
    ("mein bruder ist 16", False),
    ("ich werde bald 18", True),
    ("i'm 15", True),
    ("bi 16", True),
]
CONTACTS: list[tuple[str, list[str]]] = [
    ("Ruf an: 0171 2345678", ["phone"]),
    ("+49 (0)30 123456-7", ["phone"]),
    ("Tel 089/123456", ["phone"]),
    ("maria.muster@web.de", ["mail"]),
    ("maria(at)web.de", ["mail"]),
    ("maria at web punkt de", ["mail"]),
    ("Hauptstraße 12, 2. Stock", ["address"]),
    ("Musterweg 3a", ["address"]),
    ("An der Alten Mühle 7", ["address"]),
    ("DE89 3704 0044 0532 0130 00", ["iban"]),
    ("Instagram: @mausi_92", ["handle"]),
    ("insta mausi.92", ["handle"]),
    ("snap: lola99", ["handle"]),
    ("079 123 45 67", ["phone"]),
    ("0664/1234567", ["phone"]),
    ("null eins sieben eins 2345678", ["phone"]),
    ("am 24.12.2026 um 18:00", []),
    ("PLZ 50823", []),
    ("Bahnhofstr. 3", ["address"]),
    ("whatsapp 0049 171 234 5678", ["phone"]),
    ("wa.me/491712345678", ["link"]),
    ("t.me/xyz", ["link"]),
    ("CH93 0076 2011 6238 5295 7", ["iban"]),
    ("12345 Stimmen", []),
    ("von 15 bis 18 Uhr, 3 Plätze", []),
    ("Schulgasse 4/12", ["address"]),
    ("Platz 3 der Charts", []),
    ("Haus 4, Zimmer 12", []),
    ("0 176 / 12 34 56 78", ["phone"]),
]
WARNINGS: list[tuple[str, str | None]] = [
    ("Zimmer gegen Haushaltshilfe, nur junge Frauen mit Foto", "predatory"),
    ("Mädels ab 16 können bei mir pennen, kostet nur ein bisschen Liebe", "predatory"),
    ("Schlafplatz für Studentin, kuscheln inklusive", "predatory"),
    ("Biete Übernachtung, Gegenleistung nach Absprache", "predatory"),
    ("Nette Sie gesucht für Urlaub, alles bezahlt, gern unter 25", "predatory"),
    ("Ich suche ein Taschengeldverhältnis", "predatory"),
    ("Kinder können bei mir zocken, aber Eltern nichts sagen", "predatory"),
    ("Zimmer frei für alleinstehende hübsche Dame", "predatory"),
    ("Ein Bett für eine Frau, die nachts nicht weiß wohin. Ich bin auch eine.", None),
    ("Frauen-WG hat ein Zimmer frei", None),
    ("Studentinnen willkommen, wir kochen", None),
    ("Meine Tochter schläft heute bei der Oma", None),
    ("Schick mir bitte eine Google-Play-Karte", "fraud"),
    ("Ich bin Soldat in Syrien und brauche Geld für den Flug", "fraud"),
    ("Überweise vorab 50 Euro Kaution per Western Union", "fraud"),
    ("Mein Konto ist eingefroren, kannst du mir 500 leihen? Zahle doppelt zurück", "fraud"),
    ("Hallo Mama, mein Handy ist kaputt, das ist meine neue Nummer", "fraud"),
    ("Investier in Krypto", "fraud"),
    ("Schreib mir auf Telegram", "fraud"),
    ("Paket wartet, Zollgebühr zahlen: LINK", "fraud"),
    ("Wir haben 20 Euro für die Tafel gespendet", None),
    ("Mein Mann war Soldat in Afghanistan, jetzt sind wir allein", None),
    ("Kredit abbezahlt, juhu", None),
]
NEEDS = [
    ("Bin im Rolli unterwegs", "wheelchair"),
    ("komme keine Treppen hoch", "no-stairs"),
    ("kann keine Stufen steigen", "no-stairs"),
    ("gehe am Stock", "no-stairs"),
    ("esse kein Schwein", "halal"),
    ("esse koscher", "kosher"),
    ("veggie", "vegetarian"),
    ("esse nix vom Tier", "vegan"),
    ("habe Katzenallergie", "no-animals"),
    ("Hundephobie", "no-animals"),
    ("bin trocken", "alcohol-free"),
    ("ohne Alk bitte", "alcohol-free"),
    ("Nichtraucherhaushalt", "non-smoker"),
    ("wir rauchen draußen", "smoker"),
    ("bin trans", "lgbtq"),
    ("meine Freundin und ich sind ein lesbisches Paar", "lgbtq"),
    ("nur Frauen bitte", "women"),
    ("bitte keine Männer", "women"),
    ("spreche nur Englisch", "language:en"),
    ("parle français", "language:fr"),
    ("ich kann Gebärdensprache", "deaf"),
    ("höre schlecht", "deaf"),
    ("bin blind", "blind"),
    ("mit Blindenhund", "dog"),
    ("2 Hunde dabei", "dog"),
    ("laktoseintolerant", "lactose-free"),
    ("Zöliakie", "gluten-free"),
    ("nussallergie", "allergy"),
    ("mag es ruhig", "quiet"),
    ("mit Katze", "cat"),
    ("hole euch ab", "pickup"),
    ("kann abgeholt werden", "pickup"),
    ("bräuchte Abholung", "pickup"),
    ("Übernachtung möglich", "overnight"),
    ("Barrierefreies Bad", "wheelchair"),
    ("Böller machen mir Angst", "no-fireworks"),
    ("Hund hat Angst vor Feuerwerk", "no-fireworks"),
    ("Wii und Switch", "games"),
    ("Brettspielabend", "boardgames"),
    ("Schafkopfen", "cards"),
    ("jassen", "cards"),
    ("wandern gehen", "walks"),
    ("stricken und reden", "crafts"),
]


@pytest.mark.parametrize(("text", "people"), PARTIES)
def test_parties(text: str, people: int | None) -> None:
    assert (party(fold(text)) or 1) == (people or 1)


@pytest.mark.parametrize(("text", "places"), SEATS)
def test_places_left(text: str, places: int | None) -> None:
    assert seats_left(fold(text)) == places


@pytest.mark.parametrize(("text", "age"), AGES)
def test_ages(text: str, age: int | tuple[int, int] | None) -> None:
    assert ages(fold(text)) == age


@pytest.mark.parametrize(("text", "young"), MINORS)
def test_hints_of_a_minor(text: str, young: bool) -> None:
    assert minor(fold(text)) is young


@pytest.mark.parametrize(("text", "kinds"), CONTACTS)
def test_contact_data(text: str, kinds: list[str]) -> None:
    assert [found.kind for found in contacts.find(Folded(text))] == kinds


@pytest.mark.parametrize(("text", "kind"), WARNINGS)
def test_predatory_offers_and_fraud(text: str, kind: str | None) -> None:
    kinds = {found.kind for found in look(Folded(text))[1]}
    assert kind in kinds if kind else kinds.isdisjoint(("predatory", "fraud"))


@pytest.mark.parametrize(("text", "tag"), NEEDS)
def test_needs(text: str, tag: str) -> None:
    assert tag in needs(fold(text))


@pytest.mark.parametrize(
    ("text", "behalf"),
    [
        ("Meine Kollegin ist viel allein. Sie selbst traut sich nicht, wer geht mit ihr ins Kino?", True),
        ("Herr B. kann nicht tippen, also tu ich es, mit seinem Segen: Wer spielt mit ihm Schach?", True),
        ("Mein Onkel hat beim Hochwasser in Wehlen alles verloren. Hat jemand einen Herd?", True),
        ("Bei unseren Nachbarn hat es gestern gebrannt, ich sammle Kinderkleidung, Größe 110.", True),
        ("Ich mag nicht länger warten, also frag ich: Wer kommt mit ins Café?", False),
        ("Ich sammle mich kurz, dann frag ich: Wer hat am 24. noch einen Stuhl?", False),
        ("Wir sammeln Decken, nebenan ist das Dach weg. Stade", True),
        ("Wir sammeln uns um acht am Brunnen, wer wandert mit?", False),
        ("Am Kanal friert einer. Hat jemand eine Plane übrig für ihn?", True),
        ("Tante Erna mag nicht mehr allein essen. Wer setzt sich am 2. Advent zu ihr?", True),
        ("Mein Neffe (20) steht in Ulm am Gleis. Nimmt ihn jemand auf?", True),
        ("Mein Cousin (44, gehörlos) tät gern mitfeiern", True),
        ("Windeln gesucht für die Familien bei uns im Haus", True),
        ("Brauche jemanden, der Oma vom Bahnhof Gera holt", True),
        ("Tante Erna liegt. Jemand aus Gera, der ihr die Zeitung bringt?", True),
        ("Meine Großeltern müssen raus. Wer weiß für die beiden etwas mit Aufzug?", True),
        ("Die Alten im Haus sind allein. Wer liest einem von ihnen vor?", True),
        ("Wohne mit meiner Mutter in Gera, wer hat für uns zwei Stühle?", False),
        ("Gesucht sind Familien, die zu Ostern ausländische Studierende einladen. Gera", True),
        ("De Oma im Nachberhus hätt gärn öpper zum Jasse", True),
        ("Hat jemand am 24. einen Platz für ihn? Mein Papa lebt allein in Bochum", True),
        ("Frage für unseren Azubi (19): Wer hat ein Plätzchen?", True),
        ("Ich suche für einen Klienten einen Platz an Heiligabend", True),
        ("Ein befreundetes Ehepaar kennt hier fast niemanden. Wer möchte die zwei einladen?", True),
        ("Meine Eltern würden sich freuen, wenn sie an Silvester jemand einlädt", True),
        ("Ich, 44, und mein Sohn, 16, suchen eine ruhige Runde", False),
        ("Suche für meinen Sohn und mich eine Runde am 24.", False),
        ("Meine Enkelin ist bei mir in Hameln. Gibt es eine Familie, die uns beide am 26. einlädt?", False),
        ("Wer nimmt ihr freitags die Einkaufsliste mit? Die Frau Huber kommt nicht so weit", True),
        ("Nicht für mich, mir geht's gut! Aber im Heim fehlen Stiefel", True),
        ("Mutter mit Zwillingen, vegetarisch. Wer hat noch einen Platz?", False),
        ("Ein Mietvertrag für den, der meinen Eltern in Esslingen hilft", True),
        ("Ich wohne bei meiner Tante in Gera, die arbeitet nachts. Wer mag mit mir tanzen gehen?", False),
    ],
)
def test_who_speaks_for_somebody_else(text: str, behalf: bool) -> None:
    assert asks(fold(text)) is behalf


@pytest.mark.parametrize(
    ("text", "behalf"),
    [
        ("Meine Schwester ist nicht auf Insta, deshalb poste ich für sie: Sie kann noch drei Leute aufnehmen.", True),
        ("Meine Großtante hat noch zwei Plätze frei, sie hat mich gebeten, das zu schreiben", True),
        ("Mein Nachbar lässt fragen, ob jemand bei ihm mitessen mag. Er hat zwei Plätze", True),
        ("Ich schreibe im Namen meiner Nachbarn: Sie haben zwei Plätze am Tisch", True),
        ("Meine Eltern würden am 24. gern eine Studentin einladen", True),
        ("Meine Eltern und ich haben zwei Plätze frei", False),
        ("Unsere Kinder haben uns gebeten, jemanden einzuladen: zwei Plätze", False),
        ("Bei uns sind zwei Plätze frei, meine Oma backt", False),
    ],
)
def test_who_invites_for_somebody_else(text: str, behalf: bool) -> None:
    likely = dict.fromkeys(("seek", "both"), 0.02) | {"offer": 0.9}
    assert company("offer", likely, fold(text))[2] is behalf


def test_who_takes_in_a_young_woman_takes_in_one() -> None:
    likely = dict.fromkeys(("seek", "both"), 0.02) | {"offer": 0.9}
    assert company("offer", likely, fold("Junge Frau, Weihnachten allein? Bei mir wohnst du gratis"))[1] == 1
    assert company("offer", likely, fold("Junge Frauen, Weihnachten allein? Bei mir wohnt ihr gratis"))[1] is None


def test_who_asks_for_their_parents_asks_for_two() -> None:
    likely = dict.fromkeys(("offer", "both"), 0.02) | {"seek": 0.9}
    assert company("seek", likely, fold("Für meine Großeltern (80 und 84) suche ich jemanden zum Rommé.")) == (
        2,
        None,
        True,
    )
    assert company("seek", likely, fold("Meine Eltern sind gestorben, wer lädt mich ein?"))[0] is None


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Mama bettlägerig, ich pflege sie. Wir würden uns beide freuen, wenn jemand reinschaut. Backnang", 2),
        ("Meine Schwägerin und ihre Tochter haben kein Warmwasser mehr. Wer hat eine Dusche? Zwettl", 2),
        ("Meine Cousine, ihr Mann und das Baby kommen am Freitag an. Wer hat ein Zimmer? Dresden", 3),
        ("Meine Eltern sind beide tot. Heiligabend in Zwickau, ich suche einen warmen Platz.", None),
        ("Ich suche einen Vater und seinen Sohn zum Angeln, bin selbst allein. Waren", 1),
        ("Ich sitze mit Jonte (9), Bente (7) und Fiete (2) in Leer. Wer nimmt uns auf?", 4),
        ("Mein Mann sieht schlecht und ich hab den Koffer. Holt uns jemand vom Bahnhof in Lindau?", 2),
        ("Mein Mann ist gestorben, wir waren lange verheiratet. Wer redet mit mir? Plön", None),
        ("Die Kinder (3, 5 und 8) und ich suchen ein Fest mit Baum in Calw", 4),
        ("Meine Jungs (2 und 4) und ich sind neu in Selb", 3),
        ("Die Kinder (aus Selb) und ich kommen gern", None),
        ("Suche für mich und Begleitperson zwei Stühle in Zeitz", 2),
        ("Meine Nichte im Rollstuhl, ihre Assistentin und ich möchten mitfeiern", 3),
        ("Mein Opa mit Behinderung, meine Mutter und ich brauchen ein Taxi", 3),
        ("Der Brand hat alles genommen. Eine Decke für mich und den Kleinen?", 2),
        ("Er 81, sie 79, beide gut zu Fuß, suchen Leute für Ostern", 2),
        ("Wir sind vier Ehepaare aus dem Kegelclub, wer macht uns auf?", 8),
        ("Mein Lebensgefährte kann schlecht gehen, wer holt uns ab?", 2),
        ("Meine Oma würde gern mit mir zusammen zum Krippenspiel, wer fährt?", 2),
        ("Meiner Schwester fehlt alles, sie zieht drei Kinder allein groß", 4),
        ("Alleinerz. mit zwei Buben, wer rückt zusammen?", 3),
        ("Rentner, Witwer, Koch. Wer hat Platz in Zerbst?", 1),
        ("Drei Väter mit zusammen sieben Kindern suchen eine Hütte", 10),
        ("Die Kleine und ich sitzen in der Reha fest, wer besucht uns?", 2),
        ("Meine Bettnachbarin und ich dürfen am 25. raus, wer lädt uns ein?", 2),
        ("Zwei ruhige Kerle suchen ein Zimmer in Prerow", 2),
        ("Wer mag uns? 3 Azubis aus Tunesien, Hotel in Prerow", 3),
        ("Papa (3 Kinder, 4, 7, 9) braucht eine Waschmaschine", 4),
        ("Ich sitze mit zwei Buben ohne Strom da, wer hilft?", 3),
        ("Die Kollegen haben Frau und Kind, ich habe den Fernseher. Stade", 1),
        ("Meine Schwester sitzt mit ihrem kleinen Sohn allein in Schwerte. Wer würde die beiden am 24. einladen?", 2),
        ("Sie und ihr zehnjähriger Sohn sind allein in Schwerte, kann sie jemand einladen?", 2),
        ("Zwillingsschwestern, 27, neu in Suhl, suchen Anschluss", 2),
        ("Mini Schwöschter und ich wäred am 24. gern bi öpperem", 2),
        ("Oma Gerda, Opa Willi und ich sitzen allein in Suhl", 3),
        ("Mein Mann, unsere Tochter mit Down-Syndrom und ich suchen eine Runde", 3),
        ("Meine Mitbewohnerin Aylin und ich bleiben in Jena und suchen Gesellschaft", 2),
        ("Würde jemand zwei Schwestern aus meiner Gemeinde einladen? Sie trauen sich nicht", 2),
        ("Unsere Eltern haben wir früh verloren, mein kleiner Bruder und ich", 2),
        ("Mein Bruder und ich haben unsere Eltern früh verloren, wer lädt uns ein?", 2),
        ("Jetzt bin ich 84 und frage zum ersten Mal: Darf ich bei Ihnen sitzen?", 1),
        ("Wer in Bad Salzungen hätte Zeit, ab und zu mit meiner Mutter spazieren zu gehen?", None),
        ("Zwillinge, 2 Jahre, und eine müde Mama suchen Anschluss", 3),
        ("Ich (feste Stelle) plus 3 Jugendliche suchen vier Zimmer", 4),
        ("Wir (Mia, Tom, Baby) sind neu in Weiden", 3),
        ("Bald müssen ich, meine drei Kleinen und die Hündin raus", 4),
        ("Wer lässt einen Rollifahrer samt Assistentin mitfeiern? Wir brauchen nur eine Rampe", 2),
        ("Letztes Weihnachten waren wir fünf. Sohn und ich suchen zwei Stühle", 2),
        ("Meine Schwester: Bis Februar müssen sie und die drei Kinder raus, wer weiß etwas?", 4),
        ("Feuer bei der Kollegin. Sie, ihre Tochter (6) und ihr Bruder stehen ohne alles da, ich sammle für sie", 3),
        ("Allein in Suhl mit den drei Kleinen (5, 3 und ein Jahr), wer vermietet uns was?", 4),
        ("Ich bin neu in Suhl und suche Anschluss", 1),
        ("Hund und ich wären dabei, Stade", 1),
        ("Ein Spaziergang zu zweit wäre schön, Zerbst", None),
        ("Allein, die beiden Kinder in Kanada wohnen zu weit weg. Zerbst", None),
    ],
)
def test_who_asks_is_counted_where_nothing_says_it_outright(text: str, people: int | None) -> None:
    likely = dict.fromkeys(("offer", "both"), 0.02) | {"seek": 0.9}
    assert company("seek", likely, fold(text))[0] == people


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Unser Verein in Wedel sucht Fahrer und bietet dafür jeden Sonntag ein Frühstück an.", None),
        ("Wir laden alle Nachbarn ein und suchen noch welche, die Salate mitbringen. Thale", None),
        ("Ich biete Nachhilfe und suche jemanden mit Bohrmaschine. Bautzen", 1),
        ("Bin allein und koche für uns. Wem es auch so geht, der komme. Wir machen es schön.", 1),
    ],
)
def test_an_association_that_gives_and_asks_is_no_single_person(text: str, people: int | None) -> None:
    likely = dict.fromkeys(("offer", "seek"), 0.02) | {"both": 0.9}
    assert company("both", likely, fold(text))[0] == people


def test_a_song_that_two_have_in_common_quotes_nothing() -> None:
    assert harmless(fold("Textzeile aus dem Lied, keine Sorge"))
    assert not harmless(fold("Gerade lief unser Lied und ich kann nicht mehr"))
    assert not harmless(fold("Tabletten liegen nebeneinander. Hat noch jemand ein Lied für mich?"))


def test_what_is_long_over_calls_nobody_unless_it_is_not_over() -> None:
    past = "Vor drei Jahren wollte ich nicht mehr leben. "
    for now in ("Heute sitz ich mit Katze und Tee in Zeitz.", "Jetzt steh ich in Parchim in der Küche."):
        assert look(Folded(past + now))[0] != "acute"
    for now in ("Heute sitz ich wieder auf der Brücke.", "Jetzt steh ich in Parchim auf dem Dach."):
        assert look(Folded(past + now))[0] == "acute"
