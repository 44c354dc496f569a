#!/usr/bin/env bash
# testbook 0.4.2 (ipykernel 7.4.0): a function of a notebook that a test calls gets text where the test gave bytes, a set or a path,
# and keys that are text where the test gave numbers; what is compared with bytes is never equal.
#
# The guess: an argument arrives as it is, or the call fails with a sentence that it cannot be handed over, as
# it does for a result that cannot be handed back and is resolved (TestbookSerializeError).
# The truth: arguments are written into code, and whatever is not None, text, a number, a list, a tuple or a dictionary is written
# as text in quotes, and so is every key. So len() of b"layer" is 8, the learner's right digest(b"layer") fails with a TypeError
# as if the learner were wrong, {5000: "web"} has no port 5000 on either way (back it goes as JSON), and == with a reference
# compares with such a text, too.
#
# Seen:
#   b'layer'                 arrives as "b'layer'"
#   {5000: 'web'}            arrives as {'5000': 'web'}
#   {'web'}                  arrives as "{'web'}"
#   PurePosixPath('/lab')    arrives as '/lab'
#   date(2026, 1, 1)         arrives as '2026-01-01'
#   size(b"layer"): 8
#   digest(b"layer"): TypeError in the notebook
#   PORTS == {5000: "web"}: False, 5000 in PORTS: False
#   LAYER == b"layer": False
#
# Run by hand: bash findings/testbook-hands-over-text.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" -q --disable-pip-version-check install testbook==0.4.2 nbclient==0.11.0 ipykernel==7.4.0 nbformat==5.11.1
export HOME="$dir" JUPYTER_RUNTIME_DIR="$dir/runtime" PATH="$dir/venv/bin:$PATH"
cd "$dir"
python - <<'END'
from datetime import date
from pathlib import PurePosixPath

import nbformat
from nbformat import v4
from testbook import testbook
from testbook.exceptions import TestbookRuntimeError, TestbookSerializeError

SOURCE = '''
import hashlib
shown = repr
size = len
def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()
def layer():
    return LAYER
PORTS = {5000: "web"}
LAYER = b"layer"
'''
kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
nbformat.write(v4.new_notebook(cells=[v4.new_code_cell(SOURCE)], metadata=kernel), "lab.ipynb")

ARRIVES = {
    "b'layer'": (b"layer", '''"b'layer'"'''),
    "{5000: 'web'}": ({5000: "web"}, "{'5000': 'web'}"),
    "{'web'}": ({"web"}, '''"{'web'}"'''),
    "PurePosixPath('/lab')": (PurePosixPath("/lab"), "'/lab'"),
    "date(2026, 1, 1)": (date(2026, 1, 1), "'2026-01-01'"),
}
with testbook("lab.ipynb", execute=True) as notebook:
    shown, size, digest, layer = (notebook.ref(name) for name in ("shown", "size", "digest", "layer"))
    for name, (value, expected) in ARRIVES.items():
        seen = shown(value)
        print(f"{name:24} arrives as {seen}")
        assert seen == expected, "it arrives as something else"

    length = size(b"layer")
    print('size(b"layer"):', length)
    assert length == 8
    try:
        print('digest(b"layer"):', digest(b"layer"))
        raise SystemExit("bytes arrive")
    except TestbookRuntimeError as error:
        print(f'digest(b"layer"): {error.eclass.__name__} in the notebook')
        assert error.eclass is TypeError, "it fails otherwise"
    try:
        layer().resolve()
        raise SystemExit("bytes are handed back")
    except TestbookSerializeError:
        pass

    ports, data = notebook.ref("PORTS"), notebook.ref("LAYER")
    same, has, equal = ports == {5000: "web"}, 5000 in ports, data == b"layer"
    print(f'PORTS == {{5000: "web"}}: {same}, 5000 in PORTS: {has}')
    print(f'LAYER == b"layer": {equal}')
    assert (same, has, equal) == (False, False, False), "they compare otherwise"
END
