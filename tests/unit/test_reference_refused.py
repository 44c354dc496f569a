"""What a learner is told about a name Docker refuses: the part, what is wrong with it, what to write instead."""

from __future__ import annotations

import pytest

from labcheck.errors import InvalidReference
from labcheck.reference import parse_reference

HEX = "1a3f5e7d9c1b3a5f7e9d1c3b5a7f9e1d3c5b7a9f1e3d5d7c9b1a3f5e7d9c1b3a"

MENDED = [
    ("MyApp", "the repository name 'MyApp' must be lowercase", "myapp"),
    ("localhost:5000/MyApp:V1", "'MyApp' must be lowercase", "localhost:5000/myapp:V1"),
    ("REG.net/Team/App", "'Team/App' must be lowercase", "REG.net/team/app"),
    ("My_User/app", "'My_User' must be lowercase", "my_user/app"),
    ("http://localhost:5000/nginx", "'http://', and a reference has no scheme", "localhost:5000/nginx"),
    ("HTTPS://docker.io/Nginx/", "'HTTPS://', and a reference has no scheme", "docker.io/nginx"),
    ("nginx/", "no repository name follows the last slash", "nginx"),
    ("localhost:5000/nginx//", "no repository name follows the last slash", "localhost:5000/nginx"),
    ("/nginx", "no name before or between the slashes", "nginx"),
    ("localhost:5000//nginx:1", "no name before or between the slashes", "localhost:5000/nginx:1"),
    (" nginx:1\n", "white space", "nginx:1"),
    ("nginx:", "no tag after the colon", "nginx"),
    (f"localhost:5000/nginx:@sha256:{HEX}", "no tag after the colon", f"localhost:5000/nginx@sha256:{HEX}"),
    ("nginx@latest", "what follows the @ is not a digest", "nginx:latest"),
    ("localhost:5000/nginx@latest", "what follows the @ is not a digest", "localhost:5000/nginx:latest"),
    (f"nginx@{HEX}", "what follows the @ is not a digest", f"nginx@sha256:{HEX}"),
    (f"nginx:1@SHA256:{HEX}", "its digest must be lowercase", f"nginx:1@sha256:{HEX}"),
    (f"nginx@sha256:{HEX.upper()}", "its digest must be lowercase", f"nginx@sha256:{HEX}"),
]

ADVISED = [
    ("", "it is empty", "nginx"),
    (" \t", "it is empty", "nginx"),
    ("my app", "white space", "write - instead"),
    ("nginx: latest", "white space", "Leave it out"),
    ("<none>:<none>", "<none> is what Docker shows", "ID"),
    (f"<none>@sha256:{HEX}", "<none> is what Docker shows", "ID"),
    ("http://localhost:5000", "no scheme", "localhost:5000/team/app:1.0"),
    (HEX, "64 hexadecimal digits are the ID", "the image's name"),
    ("localhost:5000/", "no repository name follows the last slash", "Write one, or"),
    ("docker.io/", "no repository name follows the last slash", "Write one, or"),
    (":tag", "it has no repository name", "localhost:5000/team/app:1.0"),
    (f"@sha256:{HEX}", "it has no repository name", "localhost:5000/team/app:1.0"),
    ("localhost:http/nginx", "the port 'http' is not a number", "localhost:5000/app"),
    ("localhost:/nginx", "the port '' is not a number", "localhost:5000/app"),
    ("fc00::1:5000/nginx", "an IPv6 address needs square brackets", "[fc00::1]:5000/app"),
    ("my_registry:5000/nginx", "the host 'my_registry:5000' contains an underscore", "real name"),
    ("-registry.net/nginx", "'-registry.net' is not a host", "registry.example.com"),
    ("[fe80::1%eth0]:5000/nginx", "'[fe80::1%eth0]:5000' is not a host", "localhost:5000"),
    ("ngi$nx", "'$' is not allowed in a repository name", "a-z, 0-9"),
    ("nginx\u200b", r"'\u200b' is not allowed in a repository name", "a-z, 0-9"),
    ("my_host.net/-app", "'-app' must begin and end with a letter or a digit", "localhost:5000/team/app:1.0"),
    ("team/-app", "'-app' must begin and end with a letter or a digit", "localhost:5000/team/app:1.0"),
    ("team/app_", "'app_' must begin and end with a letter or a digit", "localhost:5000/team/app:1.0"),
    ("team/my..app", "'my..app' has too many separators in a row", "one or two _"),
    ("my-_app", "'my-_app' has too many separators in a row", "any number of -"),
    ("nginx:1:2", "':' is not allowed in a tag", "comes last"),
    ("team:1/app:2/x", "'/' is not allowed in a tag", "comes last"),
    ("nginx:-1", "the tag '-1' must begin with", "localhost:5000/team/app:1.0"),
    ("nginx:" + "x" * 129, "its tag has 129 characters, and 128 is the most", "shorter"),
    ("team:1/app:" + "x" * 129, "its tag has 129 characters", "shorter"),
    ("nginx@", "what follows the @ is not a digest", "64 hexadecimal digits"),
    ("nginx@abc", "what follows the @ is not a digest", "64 hexadecimal digits"),
    ("localhost:5000/nginx:1@latest", "what follows the @ is not a digest", "64 hexadecimal digits"),
    (f"nginx@md5:{HEX[:32]}", "'md5' is not a digest algorithm that Docker knows", "sha256, sha384, sha512"),
    (f"nginx@sha256:{HEX[:63]}", "its digest has 63 digits, and sha256 has 64", "whole digest"),
    (f"nginx@sha256:{HEX[:63]}g", "'g' is not a hexadecimal digit", "localhost:5000/team/app:1.0"),
    ("localhost/" + "a" * 256, "longer than 255 characters", "shorter"),
    ("a" * 248, "longer than 255 characters", "shorter"),
]


def refusal(text: str) -> InvalidReference:
    with pytest.raises(InvalidReference) as caught:
        parse_reference(text)
    assert str(caught.value).endswith(caught.value.remedy)
    return caught.value


@pytest.mark.parametrize(("text", "wrong", "mended"), MENDED)
def test_the_corrected_name_is_given_where_it_is_certain(text: str, wrong: str, mended: str) -> None:
    error = refusal(text)
    assert wrong in str(error)
    assert error.remedy == f"Write: {mended}"
    assert parse_reference(mended)


@pytest.mark.parametrize(("text", "wrong", "advice"), ADVISED)
def test_advice_is_given_where_no_name_is_certain(text: str, wrong: str, advice: str) -> None:
    error = refusal(text)
    assert wrong in str(error)
    assert advice in error.remedy
    assert not error.remedy.startswith("Write: ")


def test_a_long_text_is_not_repeated_in_full() -> None:
    for junk in ("$" * 100_000, "A" * 100_000, "http" * 25_000 + "://", "a_b:" * 25_000 + "/a", "a@" + "b" * 100_000):
        assert len(str(refusal(junk))) < 300
    assert refusal(f"http://{'registry.' * 100}net/nginx").remedy.startswith("A reference looks")


def test_an_invisible_character_is_shown_as_its_escape() -> None:
    for char in ("\x1b", "\u202e", "\ud800", "\x00"):
        assert repr(char)[1:-1] in str(refusal(f"nginx{char}[31m"))
        assert str(refusal(f"nginx{char}")).isprintable()
