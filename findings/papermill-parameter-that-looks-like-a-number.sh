#!/usr/bin/env bash
# papermill 2.7.0 (ipykernel 7.4.0): an image's tag that is given with -p arrives as another text, although the
# notebook declares the parameter as `tag: str`: 2024_01 becomes 202401, the short commit 4130e12 a number with sixteen digits.
#
# The guess: -p reads plain integers, decimal numbers and true/false, everything else stays text; and a parameter that
# the notebook annotates as str stays text in any case.
# The truth: whatever Python's int() or float() accepts is a number, so underscores between digits go, an `e` between
# digits is an exponent, and `nan` and `infinity` are numbers, too. The annotation is what `papermill --help-notebook`
# shows; nothing reads it when the value is given. Only -r keeps the text.
#
# Seen (given: what the notebook prints with -p, with -r):
#   2024_01:   202401              '2024_01'
#   1.10:      1.1                 '1.10'
#   4130e12:   4130000000000000.0  '4130e12'
#   infinity:  inf                 'infinity'
#   0x10:      '0x10'              '0x10'
#
# Run by hand: bash findings/papermill-parameter-that-looks-like-a-number.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" -q --disable-pip-version-check install papermill==2.7.0 ipykernel==7.4.0 nbformat==5.11.1
export HOME="$dir" JUPYTER_RUNTIME_DIR="$dir/runtime" PATH="$dir/venv/bin:$PATH"
cd "$dir"
python - <<'END'
import subprocess

import nbformat
from nbformat import v4

parameters = v4.new_code_cell('tag: str = "latest"', metadata={"tags": ["parameters"]})
kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
nbformat.write(v4.new_notebook(cells=[parameters, v4.new_code_cell("print(repr(tag))")], metadata=kernel), "in.ipynb")


def printed(option, given):
    command = ["papermill", "in.ipynb", "out.ipynb", "--no-progress-bar", option, "tag", given]
    subprocess.run(command, check=True, capture_output=True)
    return nbformat.read("out.ipynb", as_version=4).cells[-1].outputs[0].text.strip()


SEEN = {"2024_01": "202401", "1.10": "1.1", "4130e12": "4130000000000000.0", "infinity": "inf", "0x10": "'0x10'"}
for given, seen in SEEN.items():
    plain, raw = printed("-p", given), printed("-r", given)
    print(f"{given + ':':10} {plain:19} {raw}")
    assert (plain, raw) == (seen, repr(given)), "it arrives otherwise"
END
