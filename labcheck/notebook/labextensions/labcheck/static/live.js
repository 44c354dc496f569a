// A live part of the page: draws what the server sends, and sends what is pressed or typed. It knows nothing of labs or
// names.
//
// The stored HTML stands there at once. Where the course's server answers, each change replaces only the parts that
// changed: what has the focus keeps it, and what is being typed is not lost. Where none answers, the stored one stays.

import { closed, lost } from "./closed.js";
import { address, socket as connected } from "./server.js";

const RETRY = 1000; // milliseconds
const SOON = 1000; // milliseconds: what takes longer shows that it goes on

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

// All notebooks with something unsaved. The parts of a page are asked at once, and save once.
function save(app) {
  const contexts = new Set([...app.shell.widgets("main")].map((it) => it.context));
  const unsaved = [...contexts].filter((it) => it && it.model && it.model.dirty);
  window.labcheckSaving ||= Promise.all(unsaved.map((it) => it.save())).finally(() => delete window.labcheckSaving);
  return window.labcheckSaving;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

// A name by which the element that has the focus is found again after its part was redrawn.
function key(element) {
  return element && element.dataset ? element.dataset.do || element.name || "" : "";
}

// Put a live part into this place, until the end that is returned. ``page`` is what it asks the server for, or nothing.
export function live(place, { page, html, app, isBeside = false }) {
  const el = document.createElement("div");
  const list = document.createElement("div");
  const question = document.createElement("div");
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.className = "labcheck-status";
  el.classList.add("labcheck-live");
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", "Working");
  bar.hidden = true;
  el.append(list, question, status, bar);
  place.append(el);

  const drawn = new Map();
  let socket = null;
  let timer = null;
  let isLive = false;
  let isGone = false;
  let isClosed = false; // the course said so
  let asking = "reset"; // the button that the question is about

  function say(text) {
    if (text) status.textContent = text;
  }

  // Until what was pressed is done.
  let working = null;
  function busy(isBusy) {
    clearTimeout(working);
    if (isBusy) working = setTimeout(() => (bar.hidden = false), SOON);
    else bar.hidden = true;
  }

  function button(action, text) {
    const made = document.createElement("button");
    made.type = "button";
    made.dataset.do = action;
    made.textContent = text;
    return made;
  }

  function linkTo(mistake) {
    const link = document.createElement("a");
    link.href = address(`mistake?name=${encodeURIComponent(mistake)}`);
    link.target = "_blank";
    link.textContent = mistake;
    return link;
  }

  // What only this script can do has its buttons from here.
  function withButtons(part) {
    for (const pre of part.querySelectorAll("pre.labcheck-copy")) pre.before(button("copy", "Copy"));
    for (const name of part.querySelectorAll(".labcheck-mistake")) name.replaceWith(linkTo(name.textContent));
    withViewButton(part);
  }

  function withViewButton(part) {
    const reset = part.querySelector('[data-do="reset"]');
    if (reset && !isBeside) reset.after(button("view", "Keep in view"));
  }

  function draw(html) {
    const section = parsed(html);
    const parts = [...section.querySelectorAll("[data-part]")];
    const isSame = parts.length > 0 && parts.length === drawn.size;
    if (!isSame) {
      drawn.clear();
      for (const part of parts) drawn.set(part.dataset.part, part.innerHTML);
      withButtons(section);
      list.replaceChildren(section);
      return;
    }
    for (const part of parts) {
      const name = part.dataset.part;
      if (drawn.get(name) === part.innerHTML) continue;
      drawn.set(name, part.innerHTML);
      const old = list.querySelector(`[data-part="${name}"]`);
      const focused = old.contains(document.activeElement) ? document.activeElement : null;
      withButtons(part);
      for (const { id } of old.querySelectorAll("details[open][id]")) {
        const again = part.querySelector(`[id="${CSS.escape(id)}"]`);
        if (again) again.open = true;
      }
      old.replaceWith(part);
      if (focused) {
        const next = [...part.querySelectorAll("button, input")];
        const again = next.find((it) => key(it) === key(focused)) || next[0] || list.querySelector("button");
        if (again) again.focus();
      }
    }
  }

  function ask(html) {
    question.replaceChildren(parsed(html));
    const keep = question.querySelector('[data-do="keep"]');
    if (keep) keep.focus();
  }

  function send(message) {
    if (!socket || socket.readyState !== WebSocket.OPEN) return say("The course does not answer. Is it still open?");
    socket.send(JSON.stringify(message));
    if (message.do) busy(true);
  }

  function connect() {
    if (!page || isGone) return;
    socket = connected(page);
    socket.onmessage = (event) => {
      const message = JSON.parse(event.data);
      if (!isLive) el.dataset.live = "yes";
      isLive = true;
      if (message.html) draw(message.html);
      if (message.ask) ask(message.ask);
      if (message.save) {
        const asked = socket;
        isClosed = true;
        save(app).then(() => asked.send("saved")).catch(() => undefined);
        return closed();
      }
      isClosed = false;
      if (message.over) busy(false);
      say(message.say);
    };
    socket.onclose = () => {
      if (isGone) return;
      if (!isLive) lost();
      isLive = false;
      busy(false);
      delete el.dataset.live;
      timer = setTimeout(connect, RETRY);
    };
  }

  el.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do], button[data-open]");
    if (!button || button.type === "submit") return; // the form sends what it holds
    if (button.dataset.open) return open(button.dataset.open);
    const { do: action, step = "", value = "" } = button.dataset;
    if (action === "copy") {
      copy(button.nextElementSibling.textContent);
      say("Copied.");
    } else if (action === "try") {
      const box = list.querySelector('input[data-do="typed"]');
      box.value = value;
      box.focus();
      send({ value });
    } else if (action === "view") {
      app.commands.execute("labcheck:checklist", { page });
    } else if (action === "keep") {
      question.replaceChildren();
      say("Nothing was removed.");
      list.querySelector(`[data-do="${asking}"]`).focus();
    } else {
      const chosen = question.querySelector("select");
      const about = action === "play" && chosen ? chosen.value : step;
      if (action === "reset" || action === "goto") asking = action;
      if (action === "remove" || action === "play") {
        question.replaceChildren();
        list.querySelector(`[data-do="${asking}"]`).focus();
      }
      say(action === "check" ? "Looking ..." : "One moment ...");
      send({ do: action, step: about });
    }
  });

  el.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    const value = new FormData(form).get("value") || "";
    send({ do: "answer", step: form.dataset.step, value: String(value) });
  });

  el.addEventListener("input", (event) => {
    if (event.target.dataset.do === "typed") send({ value: event.target.value });
  });

  function open(path) {
    app.commands.execute("docmanager:open", { path });
  }

  // A lesson's name leads to it.
  el.addEventListener("click", (event) => {
    const link = event.target.closest('a[href$=".ipynb"]');
    if (!link) return;
    event.preventDefault();
    event.stopPropagation();
    open(decodeURI(link.getAttribute("href")));
  });

  // A digest leads to what it holds, which is folded away.
  el.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const held = link && list.querySelector(`[id="${CSS.escape(link.getAttribute("href").slice(1))}"]`);
    if (!held) return;
    event.preventDefault();
    event.stopPropagation();
    held.open = true;
    held.scrollIntoView({ block: "nearest" });
    held.querySelector("summary").focus();
  });

  // JupyterLab reads keys such as the arrows and Enter as commands to the notebook.
  el.addEventListener("keydown", (event) => event.stopPropagation());

  draw(html);
  connect();

  return {
    end: () => {
      isGone = true;
      clearTimeout(timer);
      if (socket) socket.close();
      el.remove();
    },
  };
}
