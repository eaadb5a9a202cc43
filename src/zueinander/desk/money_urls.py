"""The addresses of the money pages, below geld/."""

from __future__ import annotations

from django.urls import path

from .views import money, money_book, money_entries, money_import, money_online, money_out, money_receipts

urlpatterns = [
    path("", money.overview, name="money"),
    path("aktion/<int:pk>/konto/", money.new_account, name="bank_new"),
    path("konto/<int:pk>/", money.account, name="bank"),
    path("konto/<int:pk>/aendern/", money.change, name="bank_change"),
    path("aenderung/<int:pk>/<slug:step>/", money.change_step, name="bank_change_step"),
    path("konto/<int:pk>/einlesen/", money_import.upload, name="statement_new"),
    path("auszug/<int:pk>/", money_import.file, name="statement"),
    path("auszug/<int:pk>/spalten/", money_import.columns, name="statement_columns"),
    path("auszug/<int:pk>/<slug:step>/", money_import.step, name="statement_step"),
    path("zweifel/", money_import.doubts, name="doubts"),
    path("zweifel/<int:pk>/<slug:step>/", money_import.settled, name="doubt"),
    path("offen/", money_entries.waiting, name="entries"),
    path("offen/gaben/", money_entries.many, name="entries_gifts"),
    path("buchung/<int:pk>/", money_entries.entry, name="entry"),
    path("buchung/<int:pk>/zurueck/", money_entries.undo, name="entry_undo"),
    path("aktion/<int:pk>/online/", money_online.online, name="online"),
    path("aktion/<int:pk>/online/<slug:step>/", money_online.switched, name="online_switch"),
    path("bewegung/<int:pk>/<slug:step>/", money_online.settled, name="movement"),
    path("aktion/<int:pk>/gaben/", money_out.gifts, name="gifts"),
    path("gabe/<int:pk>/", money_out.gift, name="gift"),
    path("aktion/<int:pk>/auszahlungen/", money_out.payouts, name="payouts"),
    path("auszahlung/<int:pk>/beleg/", money_out.evidence, name="evidence"),
    path("auszahlung/<int:pk>/zurueck/", money_out.payout_dropped, name="payout_drop"),
    path("erstattung/<int:pk>/zurueck/", money_out.refund_dropped, name="refund_drop"),
    path("aktion/<int:pk>/kassenbuch/", money_out.ledger, name="ledger"),
    path("aktion/<int:pk>/kassenbuch.csv", money_out.ledger_csv, name="ledger_csv"),
    path("abschluss/", money_out.close, name="close_period"),
    path("aktion/<int:pk>/bescheinigungen/", money_receipts.receipts, name="receipts"),
    path("aktion/<int:pk>/rechtsform/", money_receipts.basis, name="basis"),
    path("gabe/<int:pk>/bescheinigung/", money_receipts.new, name="receipt_new"),
    path("bescheinigung/<int:pk>.pdf", money_receipts.pdf, name="receipt_pdf"),
    path("bescheinigung/<int:pk>/stornieren/", money_receipts.cancel, name="receipt_cancel"),
    path("aktion/<int:pk>/buch/", money_book.book, name="book"),
    path("aktion/<int:pk>/buch/ausgabe/", money_book.new_edition, name="edition_new"),
    path("ausgabe/<int:pk>/laden/", money_book.shop, name="shop_new"),
    path("laden/<int:pk>/weg/", money_book.shop_gone, name="shop_gone"),
    path("verkaufsweg/<int:pk>/satz/", money_book.rate, name="rate_new"),
    path("verkaufsweg/<int:pk>/verkauf/", money_book.by_hand, name="sale_new"),
    path("aktion/<int:pk>/buch/bericht/", money_book.report, name="sales_report"),
    path("verkauf/<int:pk>/<slug:step>/", money_book.advanced, name="sale"),
]
