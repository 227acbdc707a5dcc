"""The address guard: every spelling of a private address, and the allow-list."""

import socket

import pytest

from worker.errors import ConfigError, FetchError
from worker.feeds.guard import AddressGuard, RefusedAddressError, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "0.1.2.3", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.0.8", "198.18.0.1",
        "192.0.2.5", "192.88.99.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1",
        "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "2001:db8::1", "100::1", "2a00:1450::5efe:7f00:1", "2a00:1450::200:5efe:a00:1", "no address",
    ],
)  # fmt: skip
def test_addresses_that_are_not_of_the_open_internet(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "93.184.215.14",
        "2a00:1450:4001:81b::200e",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",
        "2002:101:101::1",
    ],
)
def test_addresses_of_the_open_internet(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "gopher://a.example/", "ftp://a.example/f", "//a.example/", "feed", "http://",
        "http://127.0.0.1/", "http://[::1]/", "http://[::ffff:10.0.0.1]/", "http://169.254.169.254/latest/",
        "http://user:pass@a.example/", "http://a.example@127.0.0.1/", "http://a.example:22/", "http://a.example:99999/",
        "http://[bad/", "data:text/xml,x", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_addresses_refused_as_written(url):
    with pytest.raises(FetchError) as caught:
        AddressGuard().check_url(url)
    assert caught.value.kind == "refused-address"
    assert "pass" not in str(caught.value).replace("passwd", "")


@pytest.mark.parametrize(
    "host", ["0x7f000001", "2130706433", "127.1", "0177.0.0.1", "①②⑦.⓪.⓪.①", "localhost"]
)
def test_other_spellings_of_loopback_fall_at_the_socket(host):
    guard = AddressGuard()
    guard.check_url(f"http://{host}/")
    family, _, _, _, sockaddr = socket.getaddrinfo(host, 80, socket.AF_INET, socket.SOCK_STREAM)[0]
    assert not guard.check_resolved(host, sockaddr[0], 80)
    with pytest.raises(RefusedAddressError):
        guard.check_socket(family, sockaddr)


def test_the_list_allows_exactly_what_it_names():
    guard = AddressGuard(
        ["127.0.0.1:8080", "10.1.0.0/16:443", "intranet.example:81", "[fd00::/8]:80", "10.9.9.9:*"]
    )
    for url in (
        "http://127.0.0.1:8080/",
        "https://10.1.200.3/",
        "http://intranet.example:81/",
        "http://[fd00::5]/",
    ):
        guard.check_url(url)
    guard.check_url("http://10.9.9.9:1234/")
    for url in (
        "http://127.0.0.1/",
        "http://127.0.0.2:8080/",
        "http://10.1.2.3/",
        "http://intranet.example:82/",
    ):
        with pytest.raises(FetchError):
            guard.check_url(url)


def test_a_name_on_the_list_may_stand_for_a_private_address_and_others_may_not():
    guard = AddressGuard(["intranet.example:80"])
    assert not guard.check_resolved("evil.example", "10.0.0.5", 80)
    assert guard.check_resolved("intranet.example", "10.0.0.5", 80)
    guard.check_socket(socket.AF_INET, ("10.0.0.5", 80))
    assert not guard.check_resolved("evil.example", "10.0.0.5", 80)
    with pytest.raises(RefusedAddressError):
        guard.check_socket(socket.AF_INET, ("10.0.0.6", 80))
    with pytest.raises(RefusedAddressError):
        guard.check_socket(socket.AF_UNIX, ("/run/docker.sock", 0))


@pytest.mark.parametrize("line", ["intranet", "host:0", "host:http", ":80", "10.0.0.0/99:80"])
def test_a_line_that_cannot_be_read_is_named(line):
    with pytest.raises(ConfigError) as caught:
        AddressGuard([line])
    assert line in str(caught.value)
