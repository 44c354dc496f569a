// In place of JupyterLab's "Server Connection Error": the course is closed, and how to go on. It goes when it is back.

import { address, opening } from "./server.js";

const AGAIN = 2000; // milliseconds
const SAID = "<strong>The course is closed.</strong> What you did is kept. To continue, type in a terminal: <code></code>";
// Tells when the course was closed, and when it is back.
export const changes = new EventTarget();

let shown = null;
let documents = null;

// Say so, until the server answers again.
export function closed() {
  if (shown) return;
  shown = document.createElement("div");
  shown.className = "labcheck-closed";
  shown.setAttribute("role", "alert");
  shown.innerHTML = SAID;
  shown.querySelector("code").textContent = opening;
  document.body.append(shown);
  changes.dispatchEvent(new Event("closed"));
  saveByItself(false); // or JupyterLab says of each notebook that it cannot be saved
  setTimeout(wait, AGAIN);
}

// The same, if it does not answer: what one connection lost may be that connection's trouble.
export async function lost() {
  if (!(await answers())) closed();
}

async function wait() {
  if (!(await answers())) return void setTimeout(wait, AGAIN);
  saveByItself(true);
  shown.remove();
  shown = null;
  changes.dispatchEvent(new Event("back"));
}

function answers() {
  return fetch(address("course"), { method: "HEAD" }).then(
    () => true,
    () => false,
  );
}

function saveByItself(value) {
  if (documents) documents.autosave = value;
}

export default function plugins({ application, docmanager }) {
  return [
    {
      id: "labcheck:closed",
      description: "Says that the course is closed.",
      autoStart: true,
      provides: application.IConnectionLost,
      activate: () => lost,
    },
    {
      id: "labcheck:closed-documents",
      description: "Saves nothing while the course is closed.",
      autoStart: true,
      requires: [docmanager.IDocumentManager],
      activate: (_, manager) => void (documents = manager),
    },
  ];
}
