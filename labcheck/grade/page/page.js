// Python in the page: its parts are compressed in it, and are unpacked without asking anybody.
const BASE = "https://labcheck.invalid/";
const labs = JSON.parse(document.getElementById("labs").textContent);
const show = (id) => document.getElementById(id);

async function part(id) {
  const packed = Uint8Array.from(atob(show(id).textContent.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function address(content, type) {
  return URL.createObjectURL(new Blob([content], { type }));
}

async function started() {
  const served = { "pyodide.asm.wasm": "application/wasm", "python_stdlib.zip": "application/zip" };
  globalThis.fetch = async (asked) => {
    const name = String(asked.url ?? asked).replace(BASE, "");
    if (!(name in served)) throw new TypeError(`${name} is not in this page`);
    return new Response(await part(name), { headers: { "Content-Type": served[name] } });
  };
  const asm = await import(address(await part("pyodide.asm.mjs"), "text/javascript"));
  const { loadPyodide } = await import(address(await part("pyodide.mjs"), "text/javascript"));
  const python = await loadPyodide({
    indexURL: BASE,
    createPyodideModule: asm.default,
    lockFileContents: new TextDecoder().decode(await part("pyodide-lock.json")),
    packageBaseUrl: BASE,
  });
  python.unpackArchive(await part("labcheck.zip"), "zip", { extractDir: "/labcheck" });
  python.runPython("import sys; sys.path.insert(0, '/labcheck')");
  python.FS.mkdir("/submissions");
  return [python, python.pyimport("labcheck.grade.page.inside")];
}

const [python, inside] = await started();

async function judge(files) {
  show("status").textContent = `Judging ${files.length} files.`;
  for (const name of python.FS.readdir("/submissions")) if (!/^[.]+$/.test(name)) python.FS.unlink(`/submissions/${name}`);
  for (const file of files) python.FS.writeFile(`/submissions/${file.name}`, new Uint8Array(await file.arrayBuffer()));
  await new Promise((done) => setTimeout(done));
  const at = BigInt(Date.now()) * 1000000n;
  const result = JSON.parse(new TextDecoder().decode(inside.graded("/submissions", labs, at).toJs()));
  show("json").href = address(result.json, "application/json");
  show("csv").href = address(result.csv, "text/csv");
  show("book").src = address(result.html, "text/html");
  show("refused").replaceChildren(...result.not_gradable.map(([file, why]) => {
    const item = document.createElement("li");
    item.textContent = `not gradable: ${file}: ${why}`;
    return item;
  }));
  show("learner").replaceChildren(...result.pages.map(([who], index) => new Option(who, index)));
  const choose = () => { show("page").src = address(result.pages[show("learner").value]?.[1] ?? "", "text/html"); };
  show("learner").onchange = choose;
  choose();
  show("results").hidden = false;
  show("status").textContent = `${result.pages.length} graded, ${result.not_gradable.length} not gradable.`;
  globalThis.graded = result.json;
}

show("files").addEventListener("change", () => judge([...show("files").files]));
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => { event.preventDefault(); judge([...event.dataTransfer.files]); });
show("files").disabled = false;
show("status").textContent = "Ready.";
