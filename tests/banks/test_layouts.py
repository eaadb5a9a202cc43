"""Tables as banks in Europe and beyond write them, with invented bookings: read without any help."""

from __future__ import annotations

import pytest

from zueinander.banks.detect import read

# ruff: noqa: E501, W291, W293 - the lines are the banks' own

TABLES: dict[str, tuple[str, list[str], list[bool | None]]] = {
    "ing": (
        """Umsatzanzeige;Datei erstellt am: 05.10.2023 18:11

IBAN;DE89 3704 0044 0532 0130 00
Kontoname;Girokonto
Bank;ING
Kunde;A B
Zeitraum;01.09.2023 - 05.10.2023
Saldo;1.234,56;EUR

Sortierung;Datum absteigend

In der CSV-Datei finden Sie alle bereits gebuchten Umsätze. Die vorgemerkten Umsätze werden nicht aufgenommen, auch wenn sie in Ihrem Internetbanking angezeigt werden.

Buchung;Wertstellungsdatum;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;Betrag;Währung
05.10.2023;05.10.2023;Laden;Lastschrift;Einkauf;1.234,56;EUR;-10,00;EUR
04.10.2023;04.10.2023;Ada;Gutschrift;Miete;1.244,56;EUR;1.000,00;EUR
""",
        ["-10.00 10-05 BOOK", "1000.00 10-04 BOOK"],
        [True],
    ),
    "ing2": (
        """Buchung;Valuta;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Betrag;Währung
05.10.2023;05.10.2023;Laden;Lastschrift;Einkauf;-10,00;EUR
""",
        ["-10.00 10-05 BOOK"],
        [None],
    ),
    "n26": (
        """"Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference","Account Name","Amount (EUR)","Original Amount","Original Currency","Exchange Rate"
2024-01-02,2024-01-02,"Ada G",DE89370400440532013000,"Credit Transfer","hi","Main Account",5.0,,,
2024-01-02,2024-01-02,"Ada G",,"Presentment","hi","Main Account",-7.25,-8.0,USD,1.1
""",
        ["5.00 01-02 BOOK", "-7.25 01-02 BOOK"],
        [None],
    ),
    "n26de": (
        """"Datum","Empfänger","Kontonummer","Transaktionstyp","Verwendungszweck","Kategorie","Betrag (EUR)","Betrag (Fremdwährung)","Fremdwährung","Wechselkurs"
"2019-10-10","ADA","DE99999999999999999999","Überweisung","Muster GmbH","Misc","-12.34","","",""
""",
        ["-12.34 10-10 BOOK"],
        [None],
    ),
    "n26en": (
        """"Date","Payee","Account number","Transaction type","Payment reference","Category","Amount (EUR)","Amount (Foreign Currency)","Type Foreign Currency","Exchange Rate"
"2019-10-10","ADA","DE99999999999999999999","Outgoing Transfer","Muster GmbH","Misc","-12.34","","",""
""",
        ["-12.34 10-10 BOOK"],
        [None],
    ),
    "deutsche": (
        """Umsätze Girokonto;;;Kundennummer: 123 1234567

01.09.2023 - 30.09.2023
Letzter Kontostand;;;;1.000,00;EUR
Vorgemerkte und noch nicht gebuchte Umsätze sind nicht Bestandteil dieser Übersicht.
Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN;BIC;Kundenreferenz;Mandatsreferenz ;Gläubiger ID;Fremde Gebühren;Betrag;Abweichender Empfänger;Anzahl der Aufträge;Anzahl der Schecks;Soll;Haben;Währung
29.9.2023;29.9.2023;SEPA-Gutschrift;Ada;hi;DE89370400440532013000;COBADEFF;NOTPROVIDED;;;;;;;;;500,00;EUR
28.9.2023;28.9.2023;Kartenzahlung;Laden;hi;;;;;;;;;;;-10,00;;EUR
Kontostand;29.9.2023;;;1.490,00;EUR
""",
        ["500.00 09-29 BOOK", "-10.00 09-28 BOOK"],
        [None],
    ),
    "commerz": (
        """Buchungstag;Wertstellung;Umsatzart;Buchungstext;Betrag;Währung;IBAN Kontoinhaber;Kategorie
05.10.2023;05.10.2023;Lastschrift;hi;-10,00;EUR;DE89370400440532013000;Sonstiges
05.10.2023;05.10.2023;Gutschrift;hi;1000,00;EUR;DE89370400440532013000;Sonstiges
""",
        ["-10.00 10-05 BOOK", "1000.00 10-05 BOOK"],
        [None],
    ),
    "commerzold": (
        """Buchungstag;Wertstellung;Umsatzart;Buchungstext;Betrag;Währung;Auftraggeberkonto;Bankleitzahl Auftraggeberkonto;IBAN Auftraggeberkonto;Kategorie
05.10.2023;05.10.2023;Lastschrift;hi;-10,00;EUR;0532013000;37040044;DE89370400440532013000;Sonstiges
""",
        ["-10.00 10-05 BOOK"],
        [None],
    ),
    "postbank": (
        """Umsatzauskunft;
Name;X
BLZ;100
Kontonummer;1
IBAN;DE89370400440532013000
Aktueller Kontostand;1.234,56 €

Buchungsdatum;Wertstellung;Umsatzart;Buchungsdetails;Auftraggeber;Empfänger;Betrag (€);Saldo (€)
05.10.2023;05.10.2023;Gutschrift;hi;Ada;Ich;10,00 €;1.234,56 €
04.10.2023;04.10.2023;Lastschrift;hi;Ich;Laden;-10,00 €;1.224,56 €
""",
        ["10.00 10-05 BOOK", "-10.00 10-04 BOOK"],
        [True],
    ),
    "consors": (
        """Buchung;Valuta;Sender / Empfänger;IBAN;BIC;Buchungstext;Verwendungszweck;Kategorie;Stichwörter;Umsatz geteilt;Betrag in EUR
05.10.2023;05.10.2023;Ada;DE89370400440532013000;X;GUTSCHRIFT;hi;Sonst;;;1.000,00
05.10.2023;05.10.2023;Ada;DE89370400440532013000;X;LASTSCHRIFT;hi;Sonst;;;-4,00
""",
        ["1000.00 10-05 BOOK", "-4.00 10-05 BOOK"],
        [None],
    ),
    "gls": (
        """Kontonummer;Buchungstag;Wertstellung;Auftraggeber/Empfänger;Buchungstext;VWZ1;VWZ2;VWZ3;VWZ4;Betrag;Kontostand;Währung
1234567;05.10.2023;05.10.2023;Ada;GUTSCHRIFT;2015ABC;DEV;;;5,00;105,00;EUR
1234567;06.10.2023;06.10.2023;Ada;GUTSCHRIFT;x;;;;-5,00;100,00;EUR
""",
        ["5.00 10-05 BOOK", "-5.00 10-06 BOOK"],
        [True],
    ),
    "sparkasse_mt": (
        """"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Beguenstigter/Zahlungspflichtiger";"Kontonummer";"BLZ";"Betrag";"Waehrung";"Info"
"0532013000";"05.10";"05.10.23";"GUTSCHRIFT";"hi";"ADA";"123";"37040044";"5,00";"EUR";"Umsatz gebucht"
""",
        ["5.00 10-05 BOOK"],
        [None],
    ),
    "ingnl": (
        """"Datum","Naam / Omschrijving","Rekening","Tegenrekening","Code","Af Bij","Bedrag (EUR)","Mutatiesoort","Mededelingen"
"20231005","Ada","NL20INGB0001234567","NL91ABNA0417164300","GT","Af","12,50","Online bankieren","hi"
"20231005","Ada","NL20INGB0001234567","NL91ABNA0417164300","GT","Bij","1212,50","Online bankieren","hi"
""",
        ["-12.50 10-05 BOOK", "1212.50 10-05 BOOK"],
        [None],
    ),
    "paypal": (
        """"Datum","Uhrzeit","Zeitzone","Name","Typ","Status","Währung","Brutto","Entgelt","Netto","Absender E-Mail-Adresse","Empfänger E-Mail-Adresse","Transaktionscode"
"05.10.2023","10:00:00","CEST","Ada","Spende","Abgeschlossen","EUR","10,00","-0,59","9,41","a@b","c@d","9X"
""",
        ["9.41 10-05 BOOK"],
        [None],
    ),
    "wise": (
        """"TransferWise ID",Date,Amount,Currency,Description,"Payment Reference","Running Balance","Exchange From","Exchange To","Exchange Rate","Payer Name","Payee Name","Payee Account Number",Merchant,"Card Last Four Digits","Card Holder Full Name",Attachment,Note,"Total fees"
TRANSFER-1,13-10-2023,-20.50,EUR,Sent money,hi,79.50,,,,,Ada,,,,,,,0.50
TRANSFER-2,12-10-2023,100.00,EUR,Received,hi,100.00,,,,Ada,,,,,,,,0.00
""",
        ["-20.50 10-13 BOOK", "100.00 10-12 BOOK"],
        [True],
    ),
    "mint": (
        """"Date","Description","Original Description","Amount","Transaction Type","Category","Account Name","Labels","Notes"
"10/13/2023","Laden","Laden","12.50","debit","Food","Giro","",""
"10/12/2023","Gift","GIFT","1,212.50","credit","Income","Giro","",""
""",
        ["-12.50 10-13 BOOK", "1212.50 10-12 BOOK"],
        [None],
    ),
    "chase": (
        """Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #
DEBIT,10/13/2023,"Laden",-12.50,ACH_DEBIT,1200.00,,
CREDIT,10/12/2023,"GIFT",1212.50,ACH_CREDIT,1212.50,,
""",
        ["-12.50 10-13 BOOK", "1212.50 10-12 BOOK"],
        [True],
    ),
    "barclaysuk": (
        """Number,Date,Account,Amount,Subcategory,Memo
,13/10/2023,20-00-00 1234,-12.50,Debit,Laden
""",
        ["-12.50 10-13 BOOK"],
        [None],
    ),
    "danske": (
        """"Dato";"Tekst";"Beløb";"Saldo";"Status";"Afstemt"
"05.10.2023";"Gave";"1.000,00";"1.100,00";"Udført";"Nej"
""",
        ["1000.00 10-05 BOOK"],
        [None],
    ),
    "handelsbanken": (
        """Reskontradatum;Transaktionsdatum;Text;Belopp;Saldo
2023-10-05;2023-10-05;Gåva;100,00;1 100,00
2023-10-04;2023-10-04;Mat;-50,50;1 000,00
""",
        ["100.00 10-05 BOOK", "-50.50 10-04 BOOK"],
        [True],
    ),
    "bnp": (
        """Compte de chèques;****1234;1 234,56
Date operation;Libelle;Montant
05/10/2023;VIR;12,50
13/10/2023;CB;-1 012,50
""",
        ["12.50 10-05 BOOK", "-1012.50 10-13 BOOK"],
        [None],
    ),
    "boursorama": (
        """dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance
2023-10-05;2023-10-05;"VIR";x;y;z;-12,50;;123;BoursoBank;1000.00
""",
        ["-12.50 10-05 BOOK"],
        [None],
    ),
    "caixa": (
        """F. Operación;F. Valor;Concepto;Importe;Saldo
05/10/2023;05/10/2023;Regalo;12,50;112,50
13/10/2023;13/10/2023;Compra;-1,50;111,00
""",
        ["12.50 10-05 BOOK", "-1.50 10-13 BOOK"],
        [True],
    ),
    "mbank": (
        """#Data operacji;#Opis operacji;#Rachunek;#Kategoria;#Kwota;
2023-10-05;"PRZELEW";"eKonto 1234";"X";-12,50 PLN;;
""",
        ["-12.50 10-05 BOOK"],
        [None],
    ),
    "raiff_at": (
        """05.10.2023;Text hier;05.10.2023;-12,50;EUR;05.10.2023 10:00:00:000
06.10.2023;Text hier;06.10.2023;12,50;EUR;06.10.2023 10:00:00:000
""",
        ["-12.50 10-05 BOOK", "12.50 10-06 BOOK"],
        [None],
    ),
    "erste": (
        """Buchungsdatum,Partnername,Partner IBAN,BIC/SWIFT,Partner Kontonummer,Bankleitzahl,Betrag,Währung,Buchungs-Details
05.10.2023,Ada,AT611904300234573201,X,,,"-12,50",EUR,hi
06.10.2023,Ada,AT611904300234573201,X,,,"1.012,50",EUR,hi
""",
        ["-12.50 10-05 BOOK", "1012.50 10-06 BOOK"],
        [None],
    ),
    "ubs": (
        """Abschlussdatum;Abschlusszeit;Buchungsdatum;Valutadatum;Währung;Belastung;Gutschrift;Einzelbetrag;Saldo;Transaktions-Nr.;Beschreibung1;Beschreibung2;Beschreibung3;Fussnoten
2023-10-05;10:00:00;2023-10-05;2023-10-05;CHF;-12.50;;;87.50;1;Ada;;;
2023-10-04;10:00:00;2023-10-04;2023-10-04;CHF;;100.00;;100.00;2;Ada;;;
""",
        ["-12.50 10-05 BOOK", "100.00 10-04 BOOK"],
        [True],
    ),
    "postfinance": (
        """Datum von:;2023-10-01
Konto:;CH9300762011623852957
Währung:;CHF

Buchungsdatum;Avisierungstext;Gutschrift in CHF;Lastschrift in CHF;Valuta;Saldo in CHF
05.10.2023;GIRO;100.00;;05.10.2023;1'100.00
04.10.2023;KAUF;;-50.00;04.10.2023;1'000.00

Disclaimer:
Der Dokumentinhalt wurde ...
""",
        ["100.00 10-05 BOOK", "-50.00 10-04 BOOK"],
        [True],
    ),
    "revolut2": (
        """Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance
CARD_PAYMENT,Current,2023-10-05 10:00:00,,Laden,-5.00,0.00,EUR,PENDING,
TOPUP,Current,2023-10-04 10:00:00,2023-10-04 10:00:00,Top,100.00,0.00,EUR,COMPLETED,100.00
""",
        ["-5.00 10-05 PDNG", "100.00 10-04 BOOK"],
        [None],
    ),
    "monzo2": (
        """Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,Notes and #tags,Address,Receipt,Description,Category split,Money Out,Money In
tx_1,13/10/2023,10:00:00,Card payment,Shop,,Groceries,-12.50,GBP,-12.50,GBP,,,,SHOP,,-12.50,
""",
        ["-12.50 10-13 BOOK"],
        [None],
    ),
    "starling": (
        """Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP),Spending Category,Notes
13/10/2023,Ada,hi,FASTER PAYMENT,-12.50,87.50,X,
""",
        ["-12.50 10-13 BOOK"],
        [None],
    ),
    "volksbank_old": (
        """Volksbank X

Umsatzanzeige

BLZ:;12345678;;Datum:;05.10.2023
Konto:;1234567;;Uhrzeit:;10:00:00
Abfrage von:;Ada;;Kontoinhaber:;Ada

Zeitraum:;;von:;01.09.2023;bis:;30.09.2023
Betrag in:;;von:;;bis:;
Sortiert nach:;Buchungsdatum;absteigend;;
 
Buchungstag;Valuta;Auftraggeber/Zahlungsempfänger;Empfänger/Zahlungspflichtiger;Konto-Nr.;IBAN;BLZ;BIC;Vorgang/Verwendungszweck;Kundenreferenz;Währung;Umsatz; 
29.09.2023;29.09.2023;Ich;Ada;;DE89370400440532013000;;X;"GUTSCHRIFT
hi";;EUR;5,00;H
28.09.2023;28.09.2023;Ich;Laden;;DE89370400440532013000;;X;"LASTSCHRIFT
hi";;EUR;12,00;S

30.09.2023;;;;;;;;;Anfangssaldo;EUR;107,00;H
30.09.2023;;;;;;;;;Endsaldo;EUR;100,00;H
""",
        ["5.00 09-29 BOOK", "-12.00 09-28 BOOK"],
        [True],
    ),
    "hvb": (
        """Kontonummer;Buchungsdatum;Valuta;Empfaenger 1;Empfaenger 2;Verwendungszweck;Betrag;Waehrung
1234;05.10.2023;05.10.2023;Ada;;hi;-12,50;EUR
""",
        ["-12.50 10-05 BOOK"],
        [None],
    ),
    "1822": (
        """Kontonummer;Datum/Zeit;Buchungstag;Wertstellung;Soll/Haben;Buchungsschlüssel;Vorgang;Empfänger/Auftraggeber Name;Empfänger/Auftraggeber IBAN;Empfänger/Auftraggeber BIC;Glaeubiger-ID;Mandatsreferenz;Mandatsdatum;Vwz.0;Vwz.1
1234;05.10.2023 10:00;05.10.2023;05.10.2023;-12,50;106;Lastschrift;Ada;DE89370400440532013000;X;;;;hi;
""",
        ["-12.50 10-05 BOOK"],
        [None],
    ),
    "targo": (
        """05.10.2023;Ada;DE89370400440532013000;hi;-12,50;EUR
06.10.2023;Ada;DE89370400440532013000;hi;12,50;EUR
""",
        ["-12.50 10-05 BOOK", "12.50 10-06 BOOK"],
        [None],
    ),
    "comdirect_visa": (
        """
"Umsätze Girokonto";"Zeitraum: 30 Tage";
"Neuer Kontostand";"5,00 EUR";

"Buchungstag";"Wertstellung (Valuta)";"Vorgang";"Buchungstext";"Umsatz in EUR";
"05.10.2023";"05.10.2023";"Übertrag";"x";"-40,01";

"Alter Kontostand";"45,01 EUR";

"Umsätze Visa-Karte (Kreditkarte)";"Zeitraum: 30 Tage";
"Neuer Kontostand";"0,00 EUR";

"Buchungstag";"Umsatztag";"Vorgang";"Referenz";"Buchungstext";"Umsatz in EUR";
"05.10.2023";"04.10.2023";"Visa";"123";"x";"-3,00";

"Alter Kontostand";"3,00 EUR";
""",
        ["-40.01 10-05 BOOK", "-3.00 10-05 BOOK"],
        [True, True],
    ),
    "dkbvisa": (
        """"Karte","Visa Kreditkarte","4748 •••• •••• 1234"
""
"Saldo vom 05.10.2023:","-12,50 EUR"
""
"Belegdatum","Wertstellung","Status","Beschreibung","Umsatztyp","Betrag (€)","Fremdwährungsbetrag"
"04.10.23","05.10.23","Gebucht","Laden","Im Geschäft","-12,50 €",""
""",
        ["-12.50 10-04 BOOK"],
        [None],
    ),
    "dkbold": (
        """"Kontonummer:";"DE89370400440532013000 / Girokonto";

"Von:";"01.01.2018";
"Bis:";"31.01.2018";
"Kontostand vom 31.01.2018:";"5.000,01 EUR";

"Buchungstag";"Wertstellung";"Buchungstext";"Auftraggeber / Begünstigter";"Verwendungszweck";"Kontonummer";"BLZ";"Betrag (EUR)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz";
"16.01.2018";"16.01.2018";"Lastschrift";"Laden";"x";"DE99999999999999999999";"BELADEBEXXX";"-15,37";"000000000000000000    ";"0000000000000000000000";"";
""",
        ["-15.37 01-16 BOOK"],
        [None],
    ),
    "dkbcredit": (
        """"Kreditkarte:";"4748********7893 Kreditkarte";

"Von:";"01.01.2018";
"Bis:";"31.01.2018";
"Saldo:";"5000.01 EUR";
"Datum:";"30.01.2018";

"Umsatz abgerechnet und nicht im Saldo enthalten";"Wertstellung";"Belegdatum";"Beschreibung";"Betrag (EUR)";"Ursprünglicher Betrag";
"Ja";"15.01.2018";"15.01.2018";"Laden";"-10,80";"";
""",
        ["-10.80 01-15 BOOK"],
        [None],
    ),
    "qif-like": (
        """Date,Payee,Memo,Outflow,Inflow
05/10/2023,Laden,,12.50,
13/10/2023,Ada,,,1000.00
""",
        ["-12.50 10-05 BOOK", "1000.00 10-13 BOOK"],
        [None],
    ),
    "golden_en": (
        """Date,Description,Amount,Currency,Account,Reference
2026-04-02,Rent,-1234.56,EUR,DE89370400440532013000,R-1
2026-04-05,Salary,"3,500.00",EUR,DE89370400440532013000,R-2
""",
        ["-1234.56 04-02 BOOK", "3500.00 04-05 BOOK"],
        [None],
    ),
    "golden_fr": (
        """Date;Libellé;Montant;Devise;Compte;Référence
2026-04-02;Loyer;-1 234,56;EUR;FR1420041010050500013M02606;R-1
""",
        ["-1234.56 04-02 BOOK"],
        [None],
    ),
    "golden_debitcredit": (
        """Date,Details,Debit,Credit,Balance
2026-04-02,Rent,1234.56,,1000.00
2026-04-03,Pay,,500.00,1500.00
""",
        ["-1234.56 04-02 BOOK", "500.00 04-03 BOOK"],
        [True],
    ),
    "barclaycard": (
        """Referenznummer;Transaktionsdatum;Buchungsdatum;Betrag;Beschreibung;Typ;Status
1;05.10.2023;06.10.2023;-12,50 €;Laden;Belastung;Berechnet
""",
        ["-12.50 10-06 BOOK"],
        [None],
    ),
}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_bank_s_table_is_read_without_help(name: str) -> None:
    text, amounts, balanced = TABLES[name]
    file = read(text.encode())
    entries = [entry for statement in file.statements for entry in statement.entries]
    assert [f"{e.amount.plain()} {e.booked.isoformat()[5:]} {e.status}" for e in entries] == amounts
    assert [statement.balanced for statement in file.statements] == balanced


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_the_character_set_does_not_matter(encoding: str) -> None:
    text, amounts, _ = TABLES["postbank"]
    entries = read(text.encode(encoding)).statements[0].entries
    assert [entry.amount.plain() for entry in entries] == [told.split()[0] for told in amounts]
    assert entries[0].counterparty == "Ada"
