"""Promise: nothing is fetched from an address that is not public, however it is spelled or reached."""

from __future__ import annotations

import csv
from importlib.resources import files
from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.evidence.online.addresses import ADDED, TABLE, blocks, refusal
from tallystick.evidence.online.refusals import OnlineError
from tallystick.evidence.online.target import target
from tests.evidence.online.server import serving

SPELLINGS = (  # of this machine, its network or its host, as URLs
    # numbers in other bases, lengths and signs
    "http://127.0.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.0x0.0x0.0x1/", "http://0X7F.1/",
    "http://017700000001/", "http://0177.0.0.1/", "http://0177.0000.0000.0001/", "http://127.1/", "http://127.0.1/",
    "http://127.0.0.01/", "http://127.0.0.1./", "http://2130706433./", "http://0/", "http://0.0.0.0/", "http://0x0/",
    "http://00/", "http://1.0x7f/", "http://0x7f.1:80/", "http://127.0.0.0x1/", "http://3232235521/",
    "http://0xc0a80001/", "http://0300.0250.0.1/", "http://192.168.1/", "http://10.1/", "http://169.254.43518/",
    "http://0xa9fea9fe/", "http://2852039166/", "http://0251.0376.0251.0376/", "http://4294967296/", "http://0x/",
    "http://127.0.0.256/", "http://1.2.3.4.5/", "http://256.256.256.256/",
    # signs that become digits and dots
    "http://127。0。0。1/", "http://127．0．0．1/", "http://127｡0｡0｡1/", "http://１２７.０.０.１/", "http://①②⑦.⓪.⓪.①/",
    "http://𝟏𝟐𝟕.𝟎.𝟎.𝟏/", "http://0ｘ7f.1/", "http://ⓛocalhost/", "http://localhost。/", "http://%31%32%37.0.0.1/",
    "http://127%2e0%2e0%2e1/", "http://127.0.0.1%00.example.org/",
    # IPv6
    "http://[::1]/", "http://[::]/", "http://[0:0:0:0:0:0:0:1]/", "http://[0000::0001]/", "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/", "http://[::ffff:0:127.0.0.1]/", "http://[::127.0.0.1]/", "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b:1::7f00:1]/", "http://[2002:7f00:1::]/", "http://[2001:0:0:0:0:0:80ff:fffe]/", "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/", "http://[fe80::1%eth0]/", "http://[2606:4700::1111%25eth0]/", "http://[fc00::1]/", "http://[fd00:ec2::254]/",
    "http://[fec0::1]/", "http://[ff02::1]/", "http://[100::1]/", "http://[3fff::1]/", "http://[5f00::1]/",
    "http://[2001:db8::1]/", "http://[v1.127]/", "http://[127.0.0.1]/", "http://[::1/", "http://::1]/", "http://[::1]x/",
    # names, users and ports
    "http://localhost/", "http://LOCALHOST/", "http://localhost./", "http://a.localhost/", "http://printer/",
    "http://router.local/", "http://metadata.google.internal/", "http://host.home.arpa/", "http://x.onion/",
    "http://user@example.org/", "http://user:word@example.org/", "http://example.org@127.0.0.1/",
    "http://127.0.0.1@example.org/", "http://example.org%40127.0.0.1/", "http://@example.org/",
    "http://example.org:22/", "http://example.org:8080/", "https://example.org:0/", "http://example.org:99999/",
    "http://example.org:x/", "http://example.org:-80/",
    # what is no address of a page, and signs that one reader drops and another keeps
    "ftp://example.org/", "file:/etc/passwd", "gopher://127.0.0.1/", "javascript:alert(1)", "data:text/html,x",
    "//example.org/",
    "example.org", "", "http://", "http:///etc/passwd", "http:example.org", "http://example.org\\@127.0.0.1/",
    "http:\\\\127.0.0.1/",
    "http://exam ple.org/", " http://example.org/", "http://example.org/\r\nHost: 127.0.0.1", "http://127.0.0.1\t/",
    "http://exa\u200bmple.org/", "http://example.org/\u202e", "http://example..org/",
    "http://.example.org/", "http://-a.org/",
    "http://" + "a" * 64 + ".org/", "http://" + "a." * 130 + "org/", "http://example.org/" + "a" * 8_000,
)  # fmt: skip
ADDRESSES = (  # as a resolver may name them
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200",
    "100.127.255.255", "169.254.169.254", "169.254.0.1", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.8",
    "192.0.0.9", "192.0.0.10", "192.0.0.170", "192.0.0.171", "192.0.0.192", "192.0.2.1", "192.31.196.1", "192.52.193.1",
    "192.88.99.1", "192.88.99.2", "192.168.0.1", "192.175.48.1", "198.18.0.1", "198.19.255.255", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "::", "::1", "::2", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:169.254.169.254", "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "100:0:0:1::1", "2001::1", "2001:1::1", "2001:1::2", "2001:1::3",
    "2001:2::1", "2001:3::1", "2001:4:112::1", "2001:10::1", "2001:20::1", "2001:30::1", "2001:db8::1", "2002:7f00:1::",
    "2002:808:808::", "2620:4f:8000::1", "3fff::1", "4000::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1",
    "fe80::1%1", "fec0::1", "ff02::1", "ff0e::1", "1000::1", "e000::1",
)  # fmt: skip
PUBLIC = (
    "8.8.8.8",
    "93.184.216.34",
    "1.1.1.1",
    "172.15.255.255",
    "172.32.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "192.0.1.1",
)
PUBLIC += ("11.0.0.0", "223.255.255.255", "2606:4700::1111", "2a00:1450::1", "2001:4860:4860::8888", "2620:0:ccc::2")


@pytest.mark.parametrize("url", SPELLINGS)
def test_a_url_that_leads_inside_or_is_not_plain_is_refused_before_anything_is_asked(url: str) -> None:
    with serving({}) as here:
        with pytest.raises(OnlineError, match=r"\S"):
            here.fetch(url)
        assert (here.dialled, here.asked, here.heard) == ([], [], [])


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_name_that_leads_inside_is_refused_before_it_is_connected_to(address: str) -> None:
    with serving({}) as here:
        with pytest.raises(OnlineError, match="which is not public"):
            here.fetch("http://example.org/", {"example.org": (address,)})
        assert here.dialled == []


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_one_address_inside_among_public_ones_is_enough(address: str) -> None:
    with serving({}) as here:
        with pytest.raises(OnlineError, match="which is not public"):
            here.fetch("http://example.org/", {"example.org": ("8.8.8.8", address, "1.1.1.1")})
        assert here.dialled == []


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_taken(address: str) -> None:
    assert refusal(ip_address(address)) == ""


def test_there_are_enough_spellings() -> None:
    assert len(set(SPELLINGS)) >= 100
    assert len(set(ADDRESSES)) >= 60


def test_the_shipped_table_is_whole() -> None:
    text = files("tallystick.evidence.online").joinpath(TABLE).read_text("ascii")
    rows = list(csv.DictReader(text.splitlines()))
    versions = [ip_network(row["block"]).version for row in rows]
    assert (versions.count(4), versions.count(6)) == (26, 25)
    assert len({row["block"] for row in rows}) == len(rows)
    assert {row["reachable"] for row in rows} == {"True", "False", "N/A", ""}
    assert len(blocks()) == len(rows) + len(ADDED)


@given(st.data())
def test_every_address_of_every_block_is_refused(data: st.DataObject) -> None:
    block, _ = data.draw(st.sampled_from(blocks()))
    step = data.draw(st.integers(0, block.num_addresses - 1))
    assert refusal(block[step]) != ""


@given(st.ip_addresses(v=6))
def test_of_ipv6_only_global_unicast_is_taken(address: object) -> None:
    inside = ip_address(str(address)) in ip_network("2000::/3")
    assert inside or refusal(ip_address(str(address))) != ""


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("http://example.org./a#part", "http://example.org/a"),
        ("https://example.org:443/a?b=c%20d", "https://example.org/a?b=c%20d"),
        ("https://example.org:80/", "https://example.org:80/"),
        ("http://bücher.example.org/ж?q=노동", "http://xn--bcher-kva.example.org/%D0%B6?q=%EB%85%B8%EB%8F%99"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:4700:0::1111]/", "http://[2606:4700::1111]/"),
        ("http://example.org/a'b\"c<d>", "http://example.org/a'b%22c%3Cd%3E"),
    ],
)
def test_a_plain_url_has_one_spelling(url: str, same: str) -> None:
    assert target(url).url == same


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(OnlineError, match="holds a name or password") as caught:
        target("http://somebody:hunter2@example.org/")
    assert "hunter2" not in str(caught.value)
    assert "somebody" not in str(caught.value)
