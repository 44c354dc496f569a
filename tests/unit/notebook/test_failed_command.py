"""What a terminal has drawn: the newest command's words, and what they mean."""

from __future__ import annotations

from labcheck.notebook.failed_command import meaning, newest

REFUSED = "curl: (7) Failed to connect to localhost port 5001 after 0 ms: Couldn't connect to server\r\n"
PROMPT = "\x1b[?2004hready> "


def drawn(*said: str) -> str:
    """A terminal in which commands said this, and each ended."""
    return "".join(f"{PROMPT}x\r\n\x1b[?2004l\r\x1b]133;C\x07{words}\x1b]133;D;1\x07" for words in said)


def test_only_the_newest_command_is_read() -> None:
    assert newest(drawn("one\r\n", "two\r\n")) == "two\r\n"
    assert newest(drawn("one\r\n") + PROMPT) == "one\r\n"


def test_a_command_that_has_not_come_through_is_waited_for() -> None:
    assert newest(drawn("one\r\n") + f"{PROMPT}x\r\n\x1b]133;C\x07tw") is None
    assert newest("") is None


def test_what_is_too_long_to_be_kept_is_read_from_where_it_is_kept() -> None:
    assert newest("the end of it\r\n\x1b]133;D;1\x07") == "the end of it\r\n"


def test_the_meaning_begins_on_a_line_of_its_own_and_fits_the_terminal() -> None:
    told = meaning(REFUSED, 60)
    assert "\n\nMore: labcheck explain " in told
    assert max(len(line) for line in told.splitlines() if not line.startswith("    ")) <= 60
    assert meaning(REFUSED.rstrip(), 60) == "\n" + told


def test_a_message_that_is_cut_by_the_progress_of_a_pull_is_found() -> None:
    assert meaning("\x1b[1A\x1b[2K\r9f: Waiting \x1b[1B" + REFUSED) == meaning(REFUSED)


def test_what_nobody_knows_gets_no_word() -> None:
    assert meaning("all is well\r\n") == meaning("") == ""
