"""The parts of a record, with the names and meanings of `demarche schema`.

Written by tools/parts.py from the JSON Schema; change the record in Rust, and this file with that script.
"""

from __future__ import annotations

from typing import Any

from .part import Part


class Argument(Part):
    """An actor or recipient."""

    __slots__ = ()

    @property
    def country(self) -> str | None:
        """ISO 3166-1 alpha-3, of the state as it was at the event."""
        return self._data.get("country")

    @property
    def end(self) -> int:
        """One past the last character."""
        return self._data["end"]

    @property
    def entity(self) -> int:
        """Index into `entities`."""
        return self._data["entity"]

    @property
    def name(self) -> str:
        """The fullest name known."""
        return self._data["name"]

    @property
    def office(self) -> str | None:
        """Office held on the day of the event."""
        return self._data.get("office")

    @property
    def sectors(self) -> list[str]:
        """PLOVER sectors."""
        it = self._data.get("sectors")
        return [] if it is None else list(it)

    @property
    def start(self) -> int:
        """First character."""
        return self._data["start"]

    @property
    def text(self) -> str:
        """The words."""
        return self._data["text"]


class Attribution(Part):
    """An attribution."""

    __slots__ = ()

    @property
    def anonymous(self) -> bool | None:
        """The source is not named: `a senior official`, `some experts`."""
        return self._data.get("anonymous")

    @property
    def content(self) -> SpanText:
        """What is said."""
        it = self._data["content"]
        return SpanText(it)

    @property
    def cue(self) -> SpanText | None:
        """The word that introduces it."""
        it = self._data.get("cue")
        return None if it is None else SpanText(it)

    @property
    def entities(self) -> list[int]:
        """Indices into `entities` of the source."""
        it = self._data.get("entities")
        return [] if it is None else list(it)

    @property
    def kind(self) -> str:
        """direct, indirect or mixed."""
        return self._data["kind"]

    @property
    def sentence(self) -> int:
        """Index of the sentence, from 0."""
        return self._data["sentence"]

    @property
    def source(self) -> SpanText | None:
        """Who says so."""
        it = self._data.get("source")
        return None if it is None else SpanText(it)

    @property
    def stance(self) -> str:
        """neutral, positive, negative or doubtful."""
        return self._data["stance"]

    @property
    def within(self) -> int | None:
        """Index into `quotes` of the attribution that it is part of: an agency that cites a ministry."""
        return self._data.get("within")


class DateMention(Part):
    """A time expression."""

    __slots__ = ()

    @property
    def end(self) -> int:
        """One past the last character."""
        return self._data["end"]

    @property
    def from_(self) -> str | None:
        """First day, ISO 8601."""
        return self._data.get("from")

    @property
    def start(self) -> int:
        """First character."""
        return self._data["start"]

    @property
    def text(self) -> str:
        """The words."""
        return self._data["text"]

    @property
    def to(self) -> str | None:
        """Last day, inclusive."""
        return self._data.get("to")

    @property
    def type(self) -> str:
        """TIMEX3 type: DATE, TIME, DURATION or SET."""
        return self._data["type"]

    @property
    def value(self) -> str:
        """TIMEX3 value."""
        return self._data["value"]


class Disputed(Part):
    """Who claims a place, and its names."""

    __slots__ = ()

    @property
    def claimants(self) -> list[str]:
        """ISO 3166-1 alpha-3 of every claimant."""
        it = self._data.get("claimants")
        return [] if it is None else list(it)

    @property
    def names(self) -> list[NameInUse]:
        """Every name in use."""
        it = self._data.get("names")
        return [] if it is None else [NameInUse(it) for it in it]


class Entity(Part):
    """Somebody or something that acts."""

    __slots__ = ()

    @property
    def country(self) -> str | None:
        """ISO 3166-1 alpha-3."""
        return self._data.get("country")

    @property
    def kind(self) -> str:
        """person, state, organisation or group."""
        return self._data["kind"]

    @property
    def mentions(self) -> list[SpanText]:
        """Everywhere it is named or referred to."""
        it = self._data.get("mentions")
        return [] if it is None else [SpanText(it) for it in it]

    @property
    def name(self) -> str:
        """The fullest name known."""
        return self._data["name"]

    @property
    def office(self) -> str | None:
        """Office held on the day of publication."""
        return self._data.get("office")

    @property
    def sectors(self) -> list[str]:
        """PLOVER sectors."""
        it = self._data.get("sectors")
        return [] if it is None else list(it)


class EventPlace(Part):
    """Where an event was."""

    __slots__ = ()

    @property
    def admin1(self) -> str | None:
        """First-order division, by GeoNames' code."""
        return self._data.get("admin1")

    @property
    def basis(self) -> str:
        """stated, or inferred from the dateline."""
        return self._data["basis"]

    @property
    def country(self) -> str | None:
        """ISO 3166-1 alpha-3 of the country that holds it."""
        return self._data.get("country")

    @property
    def end(self) -> int | None:
        """One past the last character."""
        return self._data.get("end")

    @property
    def geonames(self) -> int | None:
        """GeoNames number."""
        return self._data.get("geonames")

    @property
    def lat(self) -> float:
        """Degrees north."""
        return self._data["lat"]

    @property
    def lon(self) -> float:
        """Degrees east."""
        return self._data["lon"]

    @property
    def name(self) -> str:
        """Usual name."""
        return self._data["name"]

    @property
    def start(self) -> int | None:
        """First character."""
        return self._data.get("start")

    @property
    def text(self) -> str | None:
        """The words."""
        return self._data.get("text")


class Event(Part):
    """An event."""

    __slots__ = ()

    @property
    def actors(self) -> list[Argument]:
        """Who does it; of a symmetric event, all who take part."""
        it = self._data.get("actors")
        return [] if it is None else [Argument(it) for it in it]

    @property
    def cameo(self) -> str:
        """CAMEO code."""
        return self._data["cameo"]

    @property
    def condition(self) -> SpanText | None:
        """What it hangs on."""
        it = self._data.get("condition")
        return None if it is None else SpanText(it)

    @property
    def confidence(self) -> float:
        """How sure, 0 to 1: the share of events as sure as this whose type, parties and status were all right on held-
        back stories."""
        return self._data["confidence"]

    @property
    def contexts(self) -> list[str]:
        """PLOVER contexts."""
        it = self._data.get("contexts")
        return [] if it is None else list(it)

    @property
    def evidence(self) -> Evidence:
        """The words it was coded from."""
        it = self._data["evidence"]
        return Evidence(it)

    @property
    def id(self) -> str:
        """Number within the story: `e1`."""
        return self._data["id"]

    @property
    def magnitude(self) -> Magnitude | None:
        """How many people, how much money."""
        it = self._data.get("magnitude")
        return None if it is None else Magnitude(it)

    @property
    def mode(self) -> str | None:
        """PLOVER mode."""
        return self._data.get("mode")

    @property
    def place(self) -> EventPlace | None:
        """Where."""
        it = self._data.get("place")
        return None if it is None else EventPlace(it)

    @property
    def probabilities(self) -> Probabilities | None:
        """How sure its parts are."""
        it = self._data.get("probabilities")
        return None if it is None else Probabilities(it)

    @property
    def quad(self) -> int:
        """Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
        return self._data["quad"]

    @property
    def recipients(self) -> list[Argument]:
        """To whom; absent for a symmetric event."""
        it = self._data.get("recipients")
        return [] if it is None else [Argument(it) for it in it]

    @property
    def retold(self) -> list[Evidence]:
        """Where else the story tells of it."""
        it = self._data.get("retold")
        return [] if it is None else [Evidence(it) for it in it]

    @property
    def said_by(self) -> int | None:
        """Index into `quotes` of the attribution that tells it; absent for the story's own voice."""
        return self._data.get("said_by")

    @property
    def score(self) -> float:
        """PLOVER score, -10 (conflict) to 10 (cooperation)."""
        return self._data["score"]

    @property
    def status(self) -> str:
        """Whether it is so: happened, ongoing, planned, proposed, demanded, threatened, conditional, possible, denied,
        failed."""
        return self._data["status"]

    @property
    def time(self) -> EventTime | None:
        """When."""
        it = self._data.get("time")
        return None if it is None else EventTime(it)

    @property
    def type(self) -> str:
        """PLOVER type."""
        return self._data["type"]


class EventTime(Part):
    """When an event was, or is to be."""

    __slots__ = ()

    @property
    def basis(self) -> str:
        """stated, inferred or publication."""
        return self._data["basis"]

    @property
    def end(self) -> int | None:
        """One past the last character."""
        return self._data.get("end")

    @property
    def from_(self) -> str:
        """First day, ISO 8601."""
        return self._data["from"]

    @property
    def historic(self) -> bool | None:
        """The story looks back on it: it is no news."""
        return self._data.get("historic")

    @property
    def start(self) -> int | None:
        """First character."""
        return self._data.get("start")

    @property
    def text(self) -> str | None:
        """The words."""
        return self._data.get("text")

    @property
    def to(self) -> str:
        """Last day, inclusive."""
        return self._data["to"]


class Evidence(Part):
    """Where an event was coded from."""

    __slots__ = ()

    @property
    def end(self) -> int:
        """One past its last character."""
        return self._data["end"]

    @property
    def sentence(self) -> int:
        """Index of the sentence, from 0."""
        return self._data["sentence"]

    @property
    def start(self) -> int:
        """First character of the clause."""
        return self._data["start"]

    @property
    def trigger(self) -> SpanText:
        """The word that says what happened."""
        it = self._data["trigger"]
        return SpanText(it)


class Instrument(Part):
    """A treaty or another document between parties."""

    __slots__ = ()

    @property
    def kind(self) -> str:
        """treaty, agreement, joint statement, declaration, ceasefire, resolution ..."""
        return self._data["kind"]

    @property
    def mentions(self) -> list[Mention]:
        """The words that name it."""
        it = self._data.get("mentions")
        return [] if it is None else [Mention(it) for it in it]

    @property
    def name(self) -> str:
        """The name of the table, or the words of the story."""
        return self._data["name"]

    @property
    def parties(self) -> list[str]:
        """ISO 3166-1 alpha-3 of the states that are parties to it."""
        it = self._data.get("parties")
        return [] if it is None else list(it)

    @property
    def stage(self) -> str | None:
        """proposed, under negotiation, agreed, signed, ratified, in force, suspended, broken or denounced."""
        return self._data.get("stage")

    @property
    def terms(self) -> list[str]:
        """`id` of the events that its text lays down."""
        it = self._data.get("terms")
        return [] if it is None else list(it)

    @property
    def year(self) -> int | None:
        """The year it is of."""
        return self._data.get("year")


class Link(Part):
    """A link to another story."""

    __slots__ = ()

    @property
    def title(self) -> str:
        """Its words."""
        return self._data["title"]

    @property
    def url(self) -> str:
        """Its address."""
        return self._data["url"]


class Magnitude(Part):
    """How many people, how much money an event is about."""

    __slots__ = ()

    @property
    def arrested(self) -> int | dict[str, Any] | None:
        """People arrested."""
        return self._data.get("arrested")

    @property
    def crowd(self) -> int | dict[str, Any] | None:
        """People who took part."""
        return self._data.get("crowd")

    @property
    def injured(self) -> int | dict[str, Any] | None:
        """People injured."""
        return self._data.get("injured")

    @property
    def killed(self) -> int | dict[str, Any] | None:
        """People killed."""
        return self._data.get("killed")

    @property
    def money(self) -> Money | None:
        """Money."""
        it = self._data.get("money")
        return None if it is None else Money(it)


class Meeting(Part):
    """A meeting, past or to come."""

    __slots__ = ()

    @property
    def events(self) -> list[str]:
        """`id` of the events that tell of it."""
        it = self._data.get("events")
        return [] if it is None else list(it)

    @property
    def kind(self) -> str:
        """summit, call, visit, talks, conference or meeting."""
        return self._data["kind"]

    @property
    def mentions(self) -> list[Mention]:
        """The words that name it."""
        it = self._data.get("mentions")
        return [] if it is None else [Mention(it) for it in it]

    @property
    def ordinal(self) -> int | None:
        """Which of its series: 25 for a 25th summit."""
        return self._data.get("ordinal")

    @property
    def parties(self) -> list[Party]:
        """Who meets."""
        it = self._data.get("parties")
        return [] if it is None else [Party(it) for it in it]

    @property
    def place(self) -> EventPlace | None:
        """Where."""
        it = self._data.get("place")
        return None if it is None else EventPlace(it)

    @property
    def status(self) -> str:
        """Whether it is so, as of an event."""
        return self._data["status"]

    @property
    def time(self) -> EventTime | None:
        """When."""
        it = self._data.get("time")
        return None if it is None else EventTime(it)


class Mention(Part):
    """Words that name something, and the sentence they stand in."""

    __slots__ = ()

    @property
    def end(self) -> int:
        """One past the last character."""
        return self._data["end"]

    @property
    def sentence(self) -> int:
        """Index of the sentence, from 0."""
        return self._data["sentence"]

    @property
    def start(self) -> int:
        """First character."""
        return self._data["start"]

    @property
    def text(self) -> str:
        """The words."""
        return self._data["text"]


class Money(Part):
    """A sum of money."""

    __slots__ = ()

    @property
    def amount(self) -> int | dict[str, Any]:
        """How much."""
        return self._data["amount"]

    @property
    def currency(self) -> str:
        """ISO 4217."""
        return self._data["currency"]


class NameInUse(Part):
    """A name, and the party whose name it is."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """The name."""
        return self._data["name"]

    @property
    def used_by(self) -> str | None:
        """ISO 3166-1 alpha-3 of the party, where it is one side's."""
        return self._data.get("used_by")


class Party(Part):
    """Who takes part."""

    __slots__ = ()

    @property
    def country(self) -> str | None:
        """ISO 3166-1 alpha-3."""
        return self._data.get("country")

    @property
    def entity(self) -> int:
        """Index into `entities`."""
        return self._data["entity"]

    @property
    def name(self) -> str:
        """The fullest name known."""
        return self._data["name"]

    @property
    def sectors(self) -> list[str]:
        """PLOVER sectors."""
        it = self._data.get("sectors")
        return [] if it is None else list(it)


class PlaceMention(Part):
    """A place named."""

    __slots__ = ()

    @property
    def admin1(self) -> str | None:
        """First-order division, by GeoNames' code."""
        return self._data.get("admin1")

    @property
    def country(self) -> str | None:
        """ISO 3166-1 alpha-3 of the country that holds it."""
        return self._data.get("country")

    @property
    def disputed(self) -> Disputed | None:
        """Who claims it, for a disputed place."""
        it = self._data.get("disputed")
        return None if it is None else Disputed(it)

    @property
    def end(self) -> int:
        """One past the last character."""
        return self._data["end"]

    @property
    def feature(self) -> str:
        """GeoNames feature code."""
        return self._data["feature"]

    @property
    def geonames(self) -> int | None:
        """GeoNames number."""
        return self._data.get("geonames")

    @property
    def lat(self) -> float:
        """Degrees north."""
        return self._data["lat"]

    @property
    def lon(self) -> float:
        """Degrees east."""
        return self._data["lon"]

    @property
    def name(self) -> str:
        """Usual name."""
        return self._data["name"]

    @property
    def start(self) -> int:
        """First character."""
        return self._data["start"]

    @property
    def text(self) -> str:
        """The words."""
        return self._data["text"]


class Position(Part):
    """What somebody wants in a negotiation."""

    __slots__ = ()

    @property
    def condition(self) -> SpanText | None:
        """What it hangs on."""
        it = self._data.get("condition")
        return None if it is None else SpanText(it)

    @property
    def end(self) -> int:
        """One past the last character."""
        return self._data["end"]

    @property
    def event(self) -> str | None:
        """`id` of the event that it is, where it is one."""
        return self._data.get("event")

    @property
    def holder(self) -> SpanText:
        """The words that name the holder."""
        it = self._data["holder"]
        return SpanText(it)

    @property
    def issue(self) -> str:
        """What it is about: sovereignty, territory, security, prisoners, sanctions ..."""
        return self._data["issue"]

    @property
    def parties(self) -> list[Party]:
        """Who holds it."""
        it = self._data.get("parties")
        return [] if it is None else [Party(it) for it in it]

    @property
    def quote(self) -> int | None:
        """Index into `quotes` of the attribution that tells it; absent for the story's own voice."""
        return self._data.get("quote")

    @property
    def sentence(self) -> int:
        """Index of the sentence, from 0."""
        return self._data["sentence"]

    @property
    def stance(self) -> str:
        """for, against, demands, offers or refuses."""
        return self._data["stance"]

    @property
    def start(self) -> int:
        """First character."""
        return self._data["start"]

    @property
    def text(self) -> str:
        """The words."""
        return self._data["text"]


class Probabilities(Part):
    """How likely the parts of an event are right, 0 to 1 each, measured on held-back stories."""

    __slots__ = ()

    @property
    def actors(self) -> float:
        """All its actors."""
        return self._data["actors"]

    @property
    def event(self) -> float:
        """That it is an event."""
        return self._data["event"]

    @property
    def place(self) -> float:
        """Its place."""
        return self._data["place"]

    @property
    def recipients(self) -> float:
        """All its recipients."""
        return self._data["recipients"]

    @property
    def status(self) -> float:
        """Its status."""
        return self._data["status"]

    @property
    def time(self) -> float:
        """Its time."""
        return self._data["time"]

    @property
    def type(self) -> float:
        """Its type."""
        return self._data["type"]


class SpanText(Part):
    """Words and where they stand."""

    __slots__ = ()

    @property
    def end(self) -> int:
        """One past the last character."""
        return self._data["end"]

    @property
    def start(self) -> int:
        """First character."""
        return self._data["start"]

    @property
    def text(self) -> str:
        """The words."""
        return self._data["text"]


class Story(Part):
    """The story as coded."""

    __slots__ = ()

    @property
    def agency(self) -> str | None:
        """News agency."""
        return self._data.get("agency")

    @property
    def byline(self) -> str | None:
        """Who signed it."""
        return self._data.get("byline")

    @property
    def date(self) -> str | None:
        """Day of publication, ISO 8601."""
        return self._data.get("date")

    @property
    def dateline(self) -> SpanText | None:
        """Where it was filed, a part of `text` that is not coded."""
        it = self._data.get("dateline")
        return None if it is None else SpanText(it)

    @property
    def id(self) -> str:
        """The document's identifier."""
        return self._data["id"]

    @property
    def language(self) -> str | None:
        """Language: `en`."""
        return self._data.get("language")

    @property
    def publisher(self) -> str | None:
        """Publisher."""
        return self._data.get("publisher")

    @property
    def text(self) -> str:
        """The body."""
        return self._data["text"]

    @property
    def title(self) -> str | None:
        """Headline."""
        return self._data.get("title")

    @property
    def url(self) -> str | None:
        """Address of the original."""
        return self._data.get("url")


class RecordParts(Part):
    """What the program writes of a story."""

    __slots__ = ()

    @property
    def dates(self) -> list[DateMention]:
        """Time expressions."""
        it = self._data.get("dates")
        return [] if it is None else [DateMention(it) for it in it]

    @property
    def entities(self) -> list[Entity]:
        """Who acts in the story."""
        it = self._data.get("entities")
        return [] if it is None else [Entity(it) for it in it]

    @property
    def events(self) -> list[Event]:
        """Who did what to whom."""
        it = self._data.get("events")
        return [] if it is None else [Event(it) for it in it]

    @property
    def instruments(self) -> list[Instrument]:
        """Treaties, statements, ceasefires, resolutions."""
        it = self._data.get("instruments")
        return [] if it is None else [Instrument(it) for it in it]

    @property
    def links(self) -> list[Link]:
        """Related stories."""
        it = self._data.get("links")
        return [] if it is None else [Link(it) for it in it]

    @property
    def meetings(self) -> list[Meeting]:
        """Meetings, past and to come."""
        it = self._data.get("meetings")
        return [] if it is None else [Meeting(it) for it in it]

    @property
    def notices(self) -> list[str]:
        """What a reader of the record should know of how it came about."""
        it = self._data.get("notices")
        return [] if it is None else list(it)

    @property
    def places(self) -> list[PlaceMention]:
        """Places named."""
        it = self._data.get("places")
        return [] if it is None else [PlaceMention(it) for it in it]

    @property
    def positions(self) -> list[Position]:
        """Who holds which position."""
        it = self._data.get("positions")
        return [] if it is None else [Position(it) for it in it]

    @property
    def quotes(self) -> list[Attribution]:
        """Who says what."""
        it = self._data.get("quotes")
        return [] if it is None else [Attribution(it) for it in it]

    @property
    def schema(self) -> int:
        """Version of this schema."""
        return self._data["schema"]

    @property
    def sentences(self) -> list[tuple[int, int]]:
        """Its sentences: of each the first character and one past the last."""
        it = self._data.get("sentences")
        return [] if it is None else [tuple(it) for it in it]

    @property
    def story(self) -> Story:
        """The story as coded."""
        it = self._data["story"]
        return Story(it)
