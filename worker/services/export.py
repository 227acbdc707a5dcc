"""Stories in the formats that the field's tools take: GeoJSON, CSV, XLSX, Parquet, STIX 2.1, CAP 1.2, Atom, RSS."""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape

from worker.domain.desk.acled import COLUMNS, KINDS, row_of
from worker.domain.model import Story
from worker.domain.vocabulary import ACTORS
from worker.services.cap import as_cap
from worker.services.told import Told, clean, heard, tags, url_of

SPACE = uuid.UUID("6f2a52b6-6a39-5d0c-9b6e-3f1de5a1f3c8")
"""Namespace of the ids of STIX objects: the same story has the same id in every export."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Format:
    """One way out."""

    media_type: str
    suffix: str
    write: Callable[[Sequence[Told], str], bytes]
    """(stories with their alerts, address of the page) to the file."""


def safe_cell(value: Any) -> Any:
    """A CSV cell that no spreadsheet takes for a formula; figures stay figures."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        value = clean(value)
        return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value
    return "" if value is None else value


def as_csv(told: Sequence[Told], page: str) -> bytes:  # noqa: ARG001 - all formats are called alike
    """ACLED's columns, UTF-8 with a byte order mark, so that spreadsheets read Arabic names right."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for story, _ in told:
        row = row_of(story)
        writer.writerow([safe_cell(row[name]) for name in COLUMNS])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(told: Sequence[Told], page: str) -> bytes:  # noqa: ARG001
    """ACLED's columns; every text is a text cell, so none can be a formula."""
    from openpyxl import Workbook  # noqa: PLC0415 - 200 ms that only this format pays
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet("events")
    sheet.append(list(COLUMNS))
    for story, _ in told:
        cells = []
        for name in COLUMNS:
            value = row_of(story)[name]
            if isinstance(value, datetime):
                value = value.astimezone(UTC).replace(tzinfo=None)
            cell = WriteOnlyCell(sheet, value=clean(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_parquet(told: Sequence[Told], page: str) -> bytes:  # noqa: ARG001
    """ACLED's columns with their types."""
    import pyarrow as pa  # noqa: PLC0415 - likewise
    import pyarrow.parquet as pq  # noqa: PLC0415

    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), date: pa.date32(),
             datetime: pa.timestamp("us", tz="UTC")}  # fmt: skip
    schema = pa.schema([(name, types[kind]) for name, kind in KINDS.items()])
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([row_of(story) for story, _ in told], schema=schema), out)
    return out.getvalue()


def as_geojson(told: Sequence[Told], page: str) -> bytes:
    """A FeatureCollection (RFC 7946); what has no point has no geometry, and is there all the same."""
    features = []
    for story, alert in told:
        event = story.event
        point = None
        if event is not None and event.lat is not None and event.lon is not None:
            point = {"type": "Point", "coordinates": [event.lon, event.lat]}
        row = {
            name: _plain(value)
            for name, value in row_of(story).items()
            if name not in ("latitude", "longitude")
        }
        row |= {"severity": alert.severity.value if alert else None, "corroboration": story.corroboration,
                "languages": list(story.languages), "url": url_of(page, story)}  # fmt: skip
        features.append({"type": "Feature", "id": story.id, "geometry": point, "properties": row})
    return _json({"type": "FeatureCollection", "features": features})


def as_stix(told: Sequence[Told], page: str) -> bytes:
    """A STIX 2.1 bundle: an incident a story, its location, and who is said to have done it."""
    marsad = _stix("identity", "marsad", None, name="Marsad", identity_class="system")
    objects: dict[str, dict[str, Any]] = {marsad["id"]: marsad}

    def add(made: dict[str, Any]) -> str:
        objects[made["id"]] = made
        return str(made["id"])

    for story, _ in told:
        event = story.event
        more: dict[str, Any] = {"name": story.gist or f"Story {story.id}", "created_by_ref": marsad["id"]}
        if url := url_of(page, story):
            more["external_references"] = [{"source_name": "Marsad", "url": url}]
        if story.sources:
            more["description"] = f"Reported by {', '.join(story.sources)}; {story.corroboration}."
        incident = add(_stix("incident", f"story:{story.id}", story, **more))
        if event is None:
            continue
        if event.governorate or event.lat is not None:
            where: dict[str, Any] = {"country": "IQ", "name": event.place or event.governorate or "Iraq"}
            if event.governorate:
                where["administrative_area"] = event.governorate
            if event.lat is not None and event.lon is not None:
                where |= {"latitude": event.lat, "longitude": event.lon}
            location = add(_stix("location", f"location:{where}", None, **where))
            add(_link(story, incident, "located-at", location, ""))
        for actor in event.actors:
            actor_ref = add(
                _stix(
                    "identity", f"actor:{actor}", None, name=ACTORS.get(actor, actor), identity_class="group"
                )
            )
            sure = (
                "claimed"
                if actor in event.claimed_by
                else "suspected"
                if actor in event.suspected
                else "reported"
            )
            add(_link(story, incident, "attributed-to", actor_ref, f"{sure} by the sources"))
    listed = list(objects.values())
    seed = ",".join(f"{story.id}:{story.version}" for story, _ in told)
    return _json({"type": "bundle", "id": f"bundle--{uuid.uuid5(SPACE, seed)}", "objects": listed})


def as_atom(told: Sequence[Told], page: str, title: str = "Alerts of Marsad", address: str = "") -> bytes:
    """An Atom feed (RFC 4287), the newest change first."""
    newest = max((story.updated_at for story, _ in told), default=datetime(1970, 1, 1, tzinfo=UTC))
    entries = []
    for story, alert in told:
        link = f'<link href="{_attribute(url_of(page, story))}"/>' if page else ""
        level = f"[{alert.severity.value}] " if alert else ""
        entries.append(
            f"<entry>{tags([('id', _urn(f'story:{story.id}')), ('title', level + story.gist)])}"
            f"<updated>{story.updated_at.astimezone(UTC).isoformat()}</updated>{link}"
            f"{tags([('summary', _summary(story))])}</entry>"
        )
    own = f'<link rel="self" href="{_attribute(page + address)}"/>' if page and address else ""
    head = tags([("id", _urn(f"feed:{title}")), ("title", title)])
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"{head}<updated>{newest.isoformat()}</updated><author><name>Marsad</name></author>{own}{''.join(entries)}</feed>\n"
    ).encode()


def as_rss(told: Sequence[Told], page: str, title: str = "Alerts of Marsad", address: str = "") -> bytes:  # noqa: ARG001
    """An RSS 2.0 feed."""
    rows = []
    for story, alert in told:
        level = f"[{alert.severity.value}] " if alert else ""
        link = [("link", url_of(page, story))] if page else []
        rows.append(
            f"<item>{tags([('title', level + story.gist), *link, ('description', _summary(story))])}"
            f'<guid isPermaLink="false">{_urn("story:" + str(story.id))}</guid>'
            f"<pubDate>{format_datetime(story.updated_at)}</pubDate></item>"
        )
    head = tags(
        [("title", title), ("link", page or "http://localhost/"), ("description", "What the watch told of")]
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>{head}{"".join(rows)}</channel></rss>\n'.encode()


FORMATS: Mapping[str, Format] = {
    "csv": Format("text/csv; charset=utf-8", "csv", as_csv),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", as_xlsx),
    "parquet": Format("application/vnd.apache.parquet", "parquet", as_parquet),
    "geojson": Format("application/geo+json", "geojson", as_geojson),
    "stix": Format("application/stix+json;version=2.1", "json", as_stix),
    "cap": Format("application/zip", "zip", as_cap),
    "atom": Format("application/atom+xml", "atom", as_atom),
    "rss": Format("application/rss+xml", "rss", as_rss),
}


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(SPACE, name)}"


def _summary(story: Story) -> str:
    return f"{heard(story)} ({story.corroboration}): {', '.join(story.sources)}"


def _stix(kind: str, seed: str, story: Story | None, **values: Any) -> dict[str, Any]:
    made = story.created_at if story else datetime(2026, 1, 1, tzinfo=UTC)
    changed = story.updated_at if story else made
    return {"type": kind, "spec_version": "2.1", "id": f"{kind}--{uuid.uuid5(SPACE, seed)}",
            "created": _stix_time(made), "modified": _stix_time(max(made, changed)), **values}  # fmt: skip


def _link(story: Story, source: str, what: str, target: str, says: str) -> dict[str, Any]:
    more = {"description": says} if says else {}
    return _stix("relationship", f"{source} {what} {target}", story, relationship_type=what, source_ref=source,
                 target_ref=target, **more)  # fmt: skip


def _stix_time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def _attribute(text: str) -> str:
    return escape(clean(text), {'"': "&quot;"})


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
