// The plugins of the course's page, each in a file of its own.

import checklist from "./checklist.js";
import closed from "./closed.js";
import columns from "./columns.js";
import map from "./map.js";
import output from "./output.js";
import place from "./place.js";
import saving from "./saving.js";

const NAMES = {
  application: "@jupyterlab/application",
  apputils: "@jupyterlab/apputils",
  docmanager: "@jupyterlab/docmanager",
  launcher: "@jupyterlab/launcher",
  notebook: "@jupyterlab/notebook",
  rendermime: "@jupyterlab/rendermime",
  statedb: "@jupyterlab/statedb",
  ui: "@jupyterlab/ui-components",
  widgets: "@lumino/widgets",
};

// ``load`` gets one of JupyterLab's own modules.
export default async function extension(load) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("live.css", import.meta.url);
  document.head.append(style);
  const loaded = Object.entries(NAMES).map(async ([name, path]) => [name, await load(path)]);
  const lab = Object.fromEntries(await Promise.all(loaded));
  return [checklist(lab), ...closed(lab), columns(lab), map(lab), output(lab), place(lab), saving(lab)];
}
