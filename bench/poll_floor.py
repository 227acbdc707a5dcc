"""The least that fetching, parsing and storing can cost in Python, as a yardstick for `bench.poll`.

    python -m bench.poll_floor DATABASE URLS CONCURRENCY

aiohttp, lxml and one SQLite table: conditional GET and nothing else; no limits, no guard, no policy.
"""

import asyncio
import sqlite3
import sys
from pathlib import Path

import aiohttp
import uvloop
from lxml import etree


def rows(url, body):
    for node in etree.fromstring(body).iter("{*}item", "{*}entry"):
        found = {}
        for part in node:
            name = part.tag.rpartition("}")[2]
            found.setdefault(name, part.get("href") if name == "link" and not part.text else part.text)
        date = found.get("pubDate") or found.get("date") or found.get("published")
        link = found.get("link")
        yield (found.get("guid") or found.get("id") or link, url, link, found.get("title"), date, found.get("creator"),
               found.get("description") or found.get("summary"), found.get("encoded") or found.get("content"))  # fmt: skip


async def main(path, urls, concurrency):
    db = sqlite3.connect(path)
    db.execute("pragma journal_mode=wal")
    db.execute("create table if not exists feed(url text primary key, etag text, modified text)")
    db.execute(
        "create table if not exists item(guid, feed, url, title, date, author, summary, content, primary key(feed, guid))"
    )
    known = {url: (etag, modified) for url, etag, modified in db.execute("select * from feed")}
    todo = iter(urls)

    async def work(session):
        for url in todo:
            etag, modified = known.get(url, (None, None))
            headers = {"If-None-Match": etag, "If-Modified-Since": modified} if etag else {}
            async with session.get(url, headers=headers) as answer:
                if answer.status == 304:
                    continue
                body = await answer.read()
                db.executemany("insert or ignore into item values(?,?,?,?,?,?,?,?)", list(rows(url, body)))
                validators = (url, answer.headers.get("ETag"), answer.headers.get("Last-Modified"))
                db.execute("insert or replace into feed values(?,?,?)", validators)

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await asyncio.gather(*(work(session) for _ in range(concurrency)))
    db.commit()


uvloop.run(main(sys.argv[1], Path(sys.argv[2]).read_text().split(), int(sys.argv[3])))
