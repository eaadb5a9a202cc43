from __future__ import annotations

from django.urls import path

from .story import views as story
from .views import giving, joining, meeting, mine, pages

app_name = "site"
urlpatterns = [
    path("", pages.home, name="home"),
    path("aktion/<slug:slug>/", pages.campaign, name="campaign"),
    path("hilfe/", pages.help_numbers, name="help"),
    path("unter-18/", pages.young, name="young"),
    path("datenschutz/", pages.privacy, name="privacy"),
    path("impressum/", pages.imprint, name="imprint"),
    path("sprache/", pages.language, name="language"),
    path("mitmachen/<slug:slug>/", joining.join, name="join_start"),
    path("mitmachen/<slug:slug>/danke/", joining.joined, name="joined"),
    path("mitmachen/<slug:slug>/<slug:step>/", joining.join, name="join"),
    path("l/<str:token>", mine.enter, name="enter"),
    path("link-abgelaufen/", mine.gone, name="gone"),
    path("mein-link/", mine.link, name="link"),
    path("meins/", mine.own, name="own"),
    path("meins/fragen/<uuid:pk>/", mine.questions, name="questions"),
    path("meins/<uuid:pk>/pause/", mine.pause, name="pause"),
    path("meins/<uuid:pk>/weiter/", mine.resume, name="resume"),
    path("meins/<uuid:pk>/zurueckziehen/", mine.withdraw, name="withdraw"),
    path("meins/ja/", mine.consents, name="consents"),
    path("meins/daten.json", mine.download, name="download"),
    path("meins/loeschen/", mine.erase, name="erase"),
    path("geloescht/", mine.erased, name="erased"),
    path("newsletter/<slug:slug>/", story.subscribe, name="newsletter"),
    path("newsletter/ja/<str:token>", story.say_yes, name="newsletter_yes"),
    path("newsletter/ab/<str:token>", story.leave, name="newsletter_leave"),
    path("familie/<str:token>/", story.family, name="family"),
    path("geben/<slug:slug>/", giving.give, name="give"),
    path("zahlung/<uuid:pk>/", giving.payment, name="payment"),
    path("zahlung/<uuid:pk>/meldung/", giving.notice, name="notice"),
    path("meins/vorschlag/<int:pk>/", meeting.answer, name="answer"),
    path("meins/gespraech/<uuid:pk>/", meeting.conversation, name="conversation"),
    path("meins/gespraech/<uuid:pk>/melden/", meeting.report, name="report"),
    path("meins/gespraech/<uuid:pk>/sperren/", meeting.block, name="block"),
    path("meins/einrichtung/<int:pk>/", mine.referral, name="referral"),
    path("meins/wie-war-es/<int:pk>/", meeting.follow_up, name="follow_up"),
]
