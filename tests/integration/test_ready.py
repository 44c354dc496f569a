"""Threads that decode a type for the first time at the same moment: without ``ready`` that ends the process."""

from __future__ import annotations

import subprocess
import sys

THREADS = """
import sys, threading
import msgspec
from labcheck.ready import ready

sys.setswitchinterval(1e-6)
began, failed = threading.Barrier(4), []

def work():
    began.wait()
    try:
        assert msgspec.msgpack.decode(data, type=ready(Outer)) == whole
        assert msgspec.convert({"inner": {"number": 1}}, ready(Outer)).inner == Inner(1)
    except Exception as error:
        failed.append(repr(error))

for _ in range(50):
    class Inner(msgspec.Struct, frozen=True):
        number: "int" = 0
    class Middle(msgspec.Struct, frozen=True):
        inner: "Inner" = Inner()
        lists: "dict[str, list[int]]" = {}
    class Outer(msgspec.Struct, frozen=True):
        inner: "Inner" = Inner()
        middle: "Middle" = Middle()
        numbers: "dict[str, float]" = {}
    whole = Outer(Inner(1), Middle(Inner(2), {"x": [1]}), {"y": 1.5})
    data = msgspec.msgpack.encode(whole)
    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
print(failed)
"""


def test_threads_that_decode_a_type_first_at_once_all_get_it_and_the_process_lives() -> None:
    done = subprocess.run([sys.executable, "-c", THREADS], capture_output=True, text=True, timeout=240, check=False)
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr
