"""One address for one page: the key that copies of an item are recognised by.

Everything here is worked out from the address alone: asking a redirector would tell it who reads what.
So Google News and AMP caches are unwrapped where the target stands in the address, and left as they
are where only their owner knows it (newer Google News ids, feedproxy); a feed's own `origLink` is the
parser's business. By hand because courlan, which trafilatura brings, knows neither AMP nor wrappers.
"""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from worker.domain.text.clean import join_surrogates, words

MAX_ADDRESS = 2_048
"""Characters; longer addresses are no news pages and make no key."""

_UNWRAPPINGS = 4

_TRACKING_PREFIXES = (
    "utm_",
    "at_",
    "mc_",
    "pk_",
    "piwik_",
    "mtm_",
    "hsa_",
    "_hs",
    "__hs",
    "ga_",
    "wt_",
    "ns_",
    "xtor",
    "syn-",
)
_TRACKING = words(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh li_fat_id mkt_tok "
    "oly_anon_id oly_enc_id vero_id wickedid cmpid cmp cmpcat ncid ocid sr_share ref_src ref_url referrer "
    "emc smid smtyp maca wtrid wtmc traffic_source socialtrack share_id guccounter guce_referrer "
    "guce_referrer_sig _ga _gl ftag feature rss amp amp_js_v amp_gsa usqp outputtype printable "
    "fb_action_ids fb_action_types fb_source ssm spm"
)
_CHANNEL_PARAMS = words(
    "source src ref from via partner feed cid campaign medium output view print mode format"
)
"""Names that may mean a page; they go when their value only says how the reader came, or how it is shown."""
_CHANNELS = words(
    "rss rss2 rss20 atom feed feeds rssfeed rss_feed twitter facebook fb tw telegram whatsapp newsletter "
    "email mail social share sharing home homepage google news googlenews flipboard app mobile amp print "
    "printable printer 1 true yes"
)
_AMPERSAND = re.compile(r"&(?:amp|#0?38);")
"""What feeds escape; unescaping all would make `§ion=` of `&section=`."""
_HOST_PREFIX = re.compile(r"^(?:www\d?|m|mobile|amp|wap)\.(?=[^.]+\.)")
_AMP_PATH = re.compile(
    r"(?:/amp|\.amp|/amp\.html|\.amp\.html|/print|/printable)/?$|^/amp(?=/.)", re.IGNORECASE
)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_DOTS = re.compile(r"/\./|/[^/]+/\.\./")

_REDIRECTORS = (
    (re.compile(r"(?:www\.)?google\.[a-z.]{2,6}/url$"), ("q", "url")),
    (re.compile(r"(?:l|lm|www|m)\.facebook\.com/l\.php$"), ("u",)),
    (re.compile(r"l\.instagram\.com/?$"), ("u",)),
    (re.compile(r"(?:www\.)?bing\.com/news/apiclick\.aspx$"), ("url",)),
    (re.compile(r"out\.reddit\.com/"), ("url",)),
    (re.compile(r"vk\.com/away\.php$"), ("to",)),
    (re.compile(r"[a-z0-9.]*safelinks\.protection\.outlook\.com/"), ("url",)),
    (re.compile(r"(?:www\.)?youtube\.com/redirect$"), ("q",)),
    (re.compile(r"t\.umblr\.com/redirect$"), ("z",)),
)
_CARRIERS = (
    re.compile(r"^www\.google\.[a-z.]{2,6}/amp/(s/)?(.+)$"),
    re.compile(r"^[a-z0-9-]+\.cdn\.ampproject\.org/[cvi]/(s/)?(.+)$"),
    re.compile(r"^web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(https?:/{1,2})?(.+)$"),
)
_GOOGLE_NEWS = re.compile(r"^news\.google\.com/(?:__i/)?(?:rss/)?articles/([\w-]{16,})")
_EMBEDDED = re.compile(rb"https?://[\x21-\x7e]{4,2000}")


def canonical_url(url: str) -> str:
    """The page's address as a key: https, no `www.`, `m.` or AMP, no tracking, query sorted.

    Empty for what is no http(s) address. Idempotent; never raises; nothing is looked up.
    """
    return _normal(unwrapped(url))


def unwrapped(url: str) -> str:
    """The address of the page itself where a redirector's carries it, else the address as it is.

    Unlike the key it can be fetched: nothing else is changed. Empty when it is absurdly long.
    """
    url = _AMPERSAND.sub("&", join_surrogates(url.strip())) if len(url) <= MAX_ADDRESS else ""
    for _ in range(_UNWRAPPINGS):
        inner = _unwrap(url)
        if not inner:
            break
        url = inner
    return url


def _unwrap(url: str) -> str:
    """The address inside a redirector's, a cache's or an archive's; empty when there is none."""
    try:
        parts = urlsplit(url)
        place = f"{parts.hostname or ''}{parts.path}"
    except ValueError:
        return ""
    for pattern, names in _REDIRECTORS:
        if pattern.match(place):
            values = dict(parse_qsl(parts.query))
            inner = next((values[name] for name in names if values.get(name, "").startswith("http")), "")
            if inner:
                return inner
    query = f"?{parts.query}" if parts.query else ""
    for carrier in _CARRIERS:
        if found := carrier.match(place):
            return f"https://{found[2].lstrip('/')}{query}"
    if found := _GOOGLE_NEWS.match(place):
        return _from_google_news(found[1])
    return ""


def _from_google_news(token: str) -> str:
    """The address that older Google News ids carry in base64; newer ones are opaque and give nothing."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return ""
    found = _EMBEDDED.search(raw)
    return found[0].decode("ascii") if found else ""


def _normal(url: str) -> str:
    """The parts of an address in the one spelling that all its variants share."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ""
    host = _host(host)
    if not host:
        return ""
    netloc = host if port in (None, 80, 443) else f"{host}:{port}"
    query = _query(parts.query)
    fragment = f"#{_escaped(parts.fragment)}" if parts.fragment[:1] in ("!", "/") else ""
    normal = f"https://{netloc}{_path(parts.path)}{f'?{query}' if query else ''}{fragment}"
    return normal if len(normal) <= MAX_ADDRESS else ""


def _host(host: str) -> str:
    """Lower case, punycode, without the prefixes of mobile and AMP editions."""
    host = host.rstrip(".").lower()
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    while (shorter := _HOST_PREFIX.sub("", host)) != host:
        host = shorter
    if re.fullmatch(r"[0-9a-f:.]*:[0-9a-f:.]*", host):
        return f"[{host}]"
    return host if re.fullmatch(r"[a-z0-9_.-]+", host) else ""


def _path(path: str) -> str:
    """Without dot segments, doubled slashes, AMP and print editions, index files and a final slash."""
    path = _escaped(path)
    before = None
    while path != before:
        before = path
        path = _DOTS.sub("/", re.sub(r"/{2,}", "/", path))
        path = _AMP_PATH.sub("", path)
        path = _INDEX.sub("", path).rstrip("/")
    return path


def _query(query: str) -> str:
    """The parameters that choose the page, sorted."""
    if len(query) > MAX_ADDRESS:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=None)
    return urlencode(
        sorted((name, value) for name, value in pairs if not _tracks(name.lower(), value.lower()))
    )


def _tracks(name: str, value: str) -> bool:
    """Whether a parameter tells only how the reader came here or how the page is dressed."""
    name = name.removeprefix("amp;")
    if name in _TRACKING or name.startswith(_TRACKING_PREFIXES):
        return True
    return name in _CHANNEL_PARAMS and (value in _CHANNELS or value.startswith("rss"))


def _escaped(text: str) -> str:
    """Percent-encode one way: unreserved characters plain, the rest escaped in upper case."""
    decoded = _ESCAPE.sub(lambda found: _unreserved(found[1]), text)
    return quote(decoded, safe="/%:@!$'()*+,=~", errors="ignore")


def _unreserved(digits: str) -> str:
    """An escape's character where it never needed one (RFC 3986, 2.3), else the escape in upper case."""
    char = unquote(f"%{digits}")
    return char if char.isascii() and (char.isalnum() or char in "-._~") else f"%{digits.upper()}"
