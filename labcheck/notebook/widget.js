// A live widget: draws what the server sends, and sends what is pressed or typed. It knows nothing of labs or names.
//
// The static HTML stands there at once, from the widget's own state. Where a server answers (labcheck's part of
// JupyterLab's), each change replaces only the parts that changed: what has the focus keeps it, and what is being typed
// is not lost. Where none answers, the static one stays, and follows the cells that are run.

const RETRY = 1000; // milliseconds
const TITLE = "Checklist";

function address(page) {
  const element = document.getElementById("jupyter-config-data");
  if (!element || !page) return null;
  const config = JSON.parse(element.textContent);
  return { url: new URL((config.baseUrl || "/") + "labcheck/" + page, window.location.href), token: config.token };
}

function socketAddress(page) {
  const found = address(page);
  if (!found) return null;
  found.url.protocol = found.url.protocol.replace("http", "ws");
  if (found.token) found.url.searchParams.set("token", found.token);
  return found.url;
}

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

// JupyterLab itself, where it lets a page have it: the course's does.
function lab() {
  return window.jupyterapp || null;
}

function widgets() {
  return lab() ? [...lab().shell.widgets("main")] : [];
}

// The notebook on whose page this element is, and not a view of its output beside it.
function notebookOf(el) {
  return widgets().find((it) => it.context && it.content && it.content.widgets && it.node.contains(el));
}

function viewOf(el) {
  return widgets().find((it) => !it.context && it.node.contains(el));
}

// The view of this notebook's checklist, if there is one: JupyterLab's own view of a cell's output.
function viewOfCell(notebook, index) {
  return widgets().find(
    ({ content }) => content && content.path === notebook.context.path && content.index === index && !content.context,
  );
}

// A view of the checklist's cell, as JupyterLab's own menu makes it, above the terminal: it stays there while one
// scrolls, and follows the cell. One that is there already is shown; one in which no checklist came to life after a
// reload (JupyterLab makes the view before it knows of the cell's widget) is recreated in its place.
async function keepInView(el, isNew) {
  const notebook = notebookOf(el);
  if (!notebook) return;
  const index = notebook.content.widgets.findIndex((cell) => cell.node.contains(el));
  const old = viewOfCell(notebook, index);
  if (!isNew && !old) return;
  if (old && old.node.querySelector(".labcheck-live")) {
    if (isNew) lab().shell.activateById(old.id);
    return;
  }
  const before = new Set(widgets());
  const current = lab().shell.currentWidget;
  await lab().commands.execute("notebook:create-output-view", { path: notebook.context.path, index });
  const view = widgets().find((it) => !before.has(it));
  if (!view) return;
  const beside = old || [...before].find((it) => it.title.label === TITLE);
  const terminal = [...before].find((it) => it.isVisible && it.node.querySelector(".jp-Terminal"));
  if (beside) lab().shell.add(view, "main", { ref: beside.id, mode: "tab-after" });
  else if (terminal) lab().shell.add(view, "main", { ref: terminal.id, mode: "split-top" });
  lab().shell.activateById(view.id);
  if (old) old.dispose();
  lab().shell.activateById((current || notebook).id);
}

function open(path) {
  const app = lab();
  if (app) app.commands.execute("docmanager:open", { path });
  else {
    const config = JSON.parse(document.getElementById("jupyter-config-data").textContent);
    window.location.href = (config.baseUrl || "/") + "lab/tree/" + encodeURI(path);
  }
}

// All notebooks with something unsaved. The widgets of a page are asked at once, and save once.
function save() {
  const contexts = new Set(widgets().map((it) => it.context));
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

function render({ model, el }) {
  const list = document.createElement("div");
  const question = document.createElement("div");
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.className = "labcheck-status";
  el.classList.add("labcheck-live");
  el.append(list, question, status);

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

  function button(action, text) {
    const made = document.createElement("button");
    made.type = "button";
    made.dataset.do = action;
    made.textContent = text;
    return made;
  }

  // What only this script can do has its buttons from here.
  function withButtons(part) {
    for (const pre of part.querySelectorAll("pre.labcheck-copy")) pre.before(button("copy", "Copy"));
    for (const link of part.querySelectorAll("a[data-page]")) link.href = address(link.dataset.page).url;
    withViewButton(part);
  }

  function withViewButton(part) {
    const reset = part.querySelector('[data-do="reset"]');
    if (reset && !part.querySelector('[data-do="view"]') && notebookOf(el)) reset.after(button("view", "Keep in view"));
  }

  // Once, when the lab was opened: whoever closes the view has closed it.
  function settle(tries) {
    if (isGone || !lab()) return;
    const view = viewOf(el);
    if (view) view.title.label = TITLE;
    else if (!notebookOf(el)) {
      if (tries) setTimeout(settle, 100, tries - 1);
    } else {
      withViewButton(list);
      if (model.get("placed")) return void setTimeout(keepInView, RETRY, el, false);
      model.set("placed", true);
      model.save_changes();
      keepInView(el, true);
    }
  }

  function draw(html) {
    const section = parsed(html).firstElementChild;
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
    if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    else say("The course does not answer. Is it still open?");
  }

  function connect() {
    const url = socketAddress(model.get("page"));
    if (!url || isGone) return;
    socket = new WebSocket(url);
    socket.onmessage = (event) => {
      const message = JSON.parse(event.data);
      if (!isLive) el.dataset.live = "yes";
      isLive = true;
      if (message.html) draw(message.html);
      if (message.ask) ask(message.ask);
      if (message.save) {
        const asked = socket;
        isClosed = true;
        save().then(() => asked.send("saved")).catch(() => undefined);
        return say(message.save);
      }
      isClosed = false;
      say(message.say);
    };
    socket.onclose = () => {
      if (isGone) return;
      if (isLive && !isClosed) say("The course does not answer. It is tried again.");
      isLive = false;
      delete el.dataset.live;
      timer = setTimeout(connect, RETRY);
    };
  }

  el.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do], button[data-open]");
    if (!button) return;
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
      keepInView(el, true);
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

  function follow() {
    if (!isLive) draw(model.get("html"));
  }
  model.on("change:html", follow);
  follow();
  connect();
  if (model.get("placed") !== undefined) settle(50);

  return () => {
    isGone = true;
    clearTimeout(timer);
    if (socket) socket.close();
    model.off("change:html", follow);
  };
}

export default { render };
