"""Write the page: Pyodide, msgspec's build for it, PyYAML and labcheck itself, compressed, in one file.

Pyodide is its npm package as it is; msgspec's wheel is that of its platform. Both are named by whoever writes the page.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Final

import labcheck
from labcheck.errors import OutputError, Refused
from labcheck.files import write_whole
from labcheck.grade.run import Source

PYODIDE: Final = ("pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide.mjs", "python_stdlib.zip", "pyodide-lock.json")
WHEEL: Final = "msgspec-*wasm32.whl"
ELSEWHERE: Final = frozenset({"__pycache__", "cli", "doctor", "notebook", "sandbox", "start"})
"""Folders of labcheck that judging needs nothing of."""
ENDINGS: Final = frozenset({".py", ".md", ".yaml", ".css", ".js", ".json"})
WHEN: Final = (1980, 1, 1, 0, 0, 0)
"""The same content gives the same archive."""


def write(file: Path, pyodide: Path, labs: Iterable[str]) -> None:
    """Write the page. Raises :class:`Refused` where Pyodide is not whole, :class:`OutputError`."""
    folder = Path(__file__).parent
    sources = [Source.of(written) for written in labs]
    corrected = {it.name: Path(it.source) for it in sources if it.source.endswith(".yaml")}
    named = [f"{it.name}=/labcheck/corrected/{it.name}.yaml" if it.name in corrected else it.source for it in sources]
    parts = {name: _read(pyodide / name) for name in PYODIDE}
    parts["labcheck.zip"] = _archive(pyodide, corrected)
    html = (folder / "page.html").read_text(encoding="utf-8")
    html = html.replace("LABS", escape(", ".join(it.name for it in sources)))
    html = html.replace("PARTS\n", "".join(_parts(parts, named)))
    html = html.replace("SCRIPT\n", (folder / "page.js").read_text(encoding="utf-8"))
    try:
        write_whole(file, html.encode())
    except OSError as error:
        raise OutputError.at(file, error, "Choose another file.") from error


def _parts(parts: dict[str, bytes], labs: list[str]) -> Iterator[str]:
    for name, content in parts.items():
        packed = base64.b64encode(gzip.compress(content, mtime=0)).decode()
        yield f'<script type="application/octet-stream" id="{name}">{packed}</script>\n'
    yield f'<script type="application/json" id="labs">{json.dumps(labs).replace("<", chr(92) + "u003c")}</script>\n'


def _archive(pyodide: Path, corrected: dict[str, Path]) -> bytes:
    """labcheck, msgspec and PyYAML, as they are imported."""
    wheels = sorted(pyodide.glob(WHEEL))
    if not wheels:
        raise Refused(f"There is no {WHEEL} in {pyodide}.", REMEDY)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        with zipfile.ZipFile(wheels[-1]) as wheel:
            for name in wheel.namelist():
                _add(archive, name, wheel.read(name))
        for package in (Path(labcheck.__file__).parent, Path(str(import_module("yaml").__file__)).parent):
            for file in sorted(package.rglob("*")):
                place = file.relative_to(package)
                if file.suffix in ENDINGS and not ELSEWHERE & {*place.parts}:
                    _add(archive, f"{package.name}/{place.as_posix()}", file.read_bytes())
        for name, file in corrected.items():
            _add(archive, f"corrected/{name}.yaml", _read(file))
    return out.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, WHEN), content)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.", REMEDY) from error


REMEDY: Final = "It needs Pyodide's npm package, unpacked, and in it msgspec's wheel for it; the README says how."
