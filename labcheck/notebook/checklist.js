// The live checklist: draws what the server sends, and sends what is pressed. It knows nothing of labs.
//
// The static checklist stands there at once, from the widget's own state. Where a server answers (labcheck's part of
// JupyterLab's), each change replaces only the parts that changed: what has the focus keeps it, and what is being typed
// is not lost. Where none answers, the static one stays, and follows the cells that are run.

const RETRY = 1000; // milliseconds

function address(lab) {
  const element = document.getElementById("jupyter-config-data");
  if (!element) return null;
  const config = JSON.parse(element.textContent);
  const url = new URL((config.baseUrl || "/") + "labcheck/live", window.location.href);
  url.protocol = url.protocol.replace("http", "ws");
  url.searchParams.set("lab", lab);
  if (config.token) url.searchParams.set("token", config.token);
  return url;
}

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

function open(path) {
  const app = window.jupyterapp;
  if (app) app.commands.execute("docmanager:open", { path });
  else {
    const config = JSON.parse(document.getElementById("jupyter-config-data").textContent);
    window.location.href = (config.baseUrl || "/") + "lab/tree/" + encodeURI(path);
  }
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

// A name by which the element that has the focus is found again after its part was drawn anew.
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

  function say(text) {
    if (text) status.textContent = text;
  }

  function withCopyButtons(part) {
    for (const pre of part.querySelectorAll("pre.labcheck-copy")) {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.do = "copy";
      button.textContent = "Copy";
      pre.before(button);
    }
  }

  function draw(html) {
    const section = parsed(html).firstElementChild;
    const parts = [...section.querySelectorAll("[data-part]")];
    const isSame = parts.length > 0 && parts.length === drawn.size;
    if (!isSame) {
      drawn.clear();
      for (const part of parts) drawn.set(part.dataset.part, part.innerHTML);
      withCopyButtons(section);
      list.replaceChildren(section);
      return;
    }
    for (const part of parts) {
      const name = part.dataset.part;
      if (drawn.get(name) === part.innerHTML) continue;
      drawn.set(name, part.innerHTML);
      const old = list.querySelector(`[data-part="${name}"]`);
      const focused = old.contains(document.activeElement) ? document.activeElement : null;
      withCopyButtons(part);
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
    const url = address(model.get("lab"));
    if (!url || isGone) return;
    socket = new WebSocket(url);
    socket.onmessage = (event) => {
      const message = JSON.parse(event.data);
      if (!isLive) el.dataset.live = "yes";
      isLive = true;
      if (message.html) draw(message.html);
      if (message.ask) ask(message.ask);
      say(message.say);
    };
    socket.onclose = () => {
      if (isGone) return;
      if (isLive) say("The course does not answer. It is tried again.");
      isLive = false;
      delete el.dataset.live;
      timer = setTimeout(connect, RETRY);
    };
  }

  el.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do], button[data-open]");
    if (!button) return;
    if (button.dataset.open) return open(button.dataset.open);
    const { do: action, step = "" } = button.dataset;
    if (action === "copy") {
      copy(button.nextElementSibling.textContent);
      say("Copied.");
    } else if (action === "keep") {
      question.replaceChildren();
      say("Nothing was removed.");
      list.querySelector('[data-do="reset"]').focus();
    } else {
      if (action === "remove") {
        question.replaceChildren();
        list.querySelector('[data-do="reset"]').focus();
      }
      say(action === "check" ? "Looking ..." : "One moment ...");
      send({ do: action, step });
    }
  });

  el.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    const value = new FormData(form).get("value") || "";
    send({ do: "answer", step: form.dataset.step, value: String(value) });
  });

  // JupyterLab reads keys such as the arrows and Enter as commands to the notebook.
  el.addEventListener("keydown", (event) => event.stopPropagation());

  function follow() {
    if (!isLive) draw(model.get("html"));
  }
  model.on("change:html", follow);
  follow();
  connect();

  return () => {
    isGone = true;
    clearTimeout(timer);
    if (socket) socket.close();
    model.off("change:html", follow);
  };
}

export default { render };
