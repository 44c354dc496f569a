// Lessons open on the left, where the lessons are, and there is a terminal beside them again once the course is back.

import { changes } from "./closed.js";

const LEFT_IN_PEACE = ".jp-Terminal, .labcheck-beside"; // what stands beside the lessons

export default function columns({ notebook }) {
  const bar = (widget) => {
    const tab = document.querySelector(`.lm-DockPanel-tabBar [data-id="${CSS.escape(widget.id)}"]`);
    return tab && tab.closest(".lm-DockPanel-tabBar");
  };

  function activate(app, notebooks) {
    const inMain = () => [...app.shell.widgets("main")];
    const isTerminal = (widget) => widget.node.querySelector(".jp-Terminal");
    let hadTerminal = false;

    // JupyterLab opens it beside what is in use, which may be the terminal.
    async function toTheLeft(panel) {
      await panel.context.ready;
      const others = inMain().filter((it) => it !== panel && bar(it));
      const beside = others.find((it) => bar(it) === bar(panel) && it.node.querySelector(LEFT_IN_PEACE));
      if (!beside) return;
      const lesson = others.find((it) => it.node.matches(".jp-NotebookPanel") && bar(it) !== bar(panel));
      app.shell.add(panel, "main", lesson ? { ref: lesson.id, mode: "tab-after" } : { ref: beside.id, mode: "split-left" });
      app.shell.activateById(panel.id);
    }

    // The terminals ended with the server; if only the connection was lost, they are still there.
    async function again() {
      const manager = app.serviceManager.terminals;
      await manager.refreshRunning();
      const running = new Set([...manager.running()].map(({ name }) => name));
      const shown = inMain().filter(isTerminal);
      const gone = shown.filter(({ content }) => !running.has(content.session.name));
      if (!hadTerminal || shown.length > gone.length) return;
      const current = app.shell.currentWidget;
      const made = await app.commands.execute("terminal:create-new");
      const checklist = inMain().find((it) => it.node.querySelector(".labcheck-beside"));
      const lesson = notebooks.currentWidget;
      const where = gone[0]
        ? { ref: gone[0].id, mode: "tab-after" }
        : checklist
          ? { ref: checklist.id, mode: "split-bottom" }
          : lesson && { ref: lesson.id, mode: "split-right" };
      if (where) app.shell.add(made, "main", { ...where, activate: false });
      for (const it of gone) it.dispose();
      if (current && !current.isDisposed) app.shell.activateById(current.id);
    }

    app.restored.then(() => notebooks.widgetAdded.connect((_, panel) => void toTheLeft(panel)));
    changes.addEventListener("closed", () => (hadTerminal = inMain().some(isTerminal)));
    changes.addEventListener("back", () => void again().catch(() => undefined));
  }

  return {
    id: "labcheck:columns",
    description: "Lessons on the left, a terminal on the right.",
    autoStart: true,
    requires: [notebook.INotebookTracker],
    activate,
  };
}
