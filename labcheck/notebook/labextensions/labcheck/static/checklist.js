// The checklist beside the notebook: one tab, above the terminal, that shows the lab of the notebook in front.
//
// It comes when a lab is opened by its cell, and stays until it is closed, also over a reload and the next start. Beside
// a notebook that has no lab open it says so.

import { live } from "./live.js";
import { KIND } from "./output.js";

const COMMAND = "labcheck:checklist";
const LAB = /^live\?/;
const NONE = `<p>The notebook in front has no lab open.
  A lesson's checklist comes here when you run its cell with <code>labcheck.open(...)</code>.</p>`;

export default function checklist({ application, apputils, notebook, ui, widgets }) {
  class Checklist extends widgets.Widget {
    constructor(app) {
      super();
      this.app = app;
      this.node.tabIndex = -1;
      this.addClass("labcheck-beside");
    }

    // The checklist of this page; of none, that there is none.
    show_(page) {
      if (page === this.page) return;
      this.end();
      this.page = page;
      this.live = live(this.node, { page, html: page ? "" : NONE, app: this.app, isBeside: true });
    }

    end() {
      if (this.live) this.live.end();
    }

    dispose() {
      this.end();
      super.dispose();
    }
  }

  function activate(app, notebooks, restorer) {
    const tracker = new apputils.WidgetTracker({ namespace: "labcheck-checklist" });

    function place(made) {
      const beside = [...app.shell.widgets("main")].find((it) => it.isVisible && it.node.querySelector(".jp-Terminal"));
      const lesson = notebooks.currentWidget;
      const where = beside ? { ref: beside.id, mode: "split-top" } : lesson ? { ref: lesson.id, mode: "split-right" } : {};
      app.shell.add(made, "main", { ...where, activate: false });
    }

    // What has the focus keeps it.
    function bringToFront(made) {
      const current = app.shell.currentWidget;
      if (made.isVisible || !made.isAttached) return;
      app.shell.activateById(made.id);
      if (current) app.shell.activateById(current.id);
    }

    async function show({ page }) {
      let made = tracker.find(() => true);
      if (!made) {
        made = new apputils.MainAreaWidget({ content: new Checklist(app) });
        made.id = "labcheck-checklist";
        made.title.label = "Checklist";
        made.title.icon = ui.checkIcon;
        made.title.closable = true;
        made.content.show_(page);
        await tracker.add(made);
        place(made);
      } else if (made.content.page !== page) {
        made.content.show_(page);
        await tracker.save(made);
      }
      if (page) bringToFront(made);
      return made;
    }

    // What the lab's cell of this notebook shows, if it was run.
    function pageOf(panel) {
      for (const cell of (panel.content.model && panel.content.model.cells) || []) {
        const page = shownBy(cell);
        if (page) return page;
      }
      return "";
    }

    function follow() {
      const lesson = notebooks.currentWidget;
      if (lesson && tracker.size) show({ page: pageOf(lesson) });
    }

    app.commands.addCommand(COMMAND, { label: "Show the checklist", execute: show });
    const restored = restorer.restore(tracker, {
      command: COMMAND,
      args: (it) => ({ page: it.content.page }),
      name: () => "checklist",
    });
    const followWhenReady = (panel) => panel && panel.context.ready.then(follow);
    restored.then(() => followWhenReady(notebooks.currentWidget));
    notebook.NotebookActions.executed.connect((_, { cell }) => {
      const page = shownBy(cell.model);
      if (page) show({ page });
    });
    notebooks.currentChanged.connect((_, panel) => void followWhenReady(panel));
  }

  return {
    id: "labcheck:checklist",
    description: "The checklist beside the notebook.",
    autoStart: true,
    requires: [notebook.INotebookTracker, application.ILayoutRestorer],
    activate,
  };
}

function shownBy(cell) {
  const outputs = cell.type === "code" ? cell.outputs : null;
  for (let index = 0; outputs && index < outputs.length; index++) {
    const found = outputs.get(index).data[KIND];
    if (found && LAB.test(found.page)) return found.page;
  }
  return "";
}
