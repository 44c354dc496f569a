// Where one was: each notebook opens again at the cell that was in use, and the server learns which one was in front.
//
// It is kept where JupyterLab keeps what is open, so it is there after a reload and after the next start.

const KEY = "labcheck:place";
const TRIES = 10;
const PAUSE = 200; // milliseconds

// To this cell, again and again while what is above it is drawn, unless somebody else scrolls.
async function scroll(panel, index) {
  let isTouched = false;
  for (const kind of ["wheel", "pointerdown", "keydown"]) {
    panel.node.addEventListener(kind, () => (isTouched = true), { capture: true, once: true });
  }
  for (let tries = 0; tries < TRIES && !isTouched && !panel.isDisposed; tries++) {
    await panel.content.scrollToItem(index, "center").catch(() => undefined);
    await new Promise((go) => setTimeout(go, PAUSE));
  }
}

export default function place({ notebook, statedb }) {
  function activate(app, notebooks, state) {
    const kept = { front: "", cells: {} };
    const isRead = state.fetch(KEY).then((before) => Object.assign(kept, before), () => undefined);

    function keep() {
      const panel = notebooks.currentWidget;
      const cell = panel && panel.labcheckIsBack && notebooks.activeCell;
      if (!cell) return;
      const path = panel.context.path;
      if (kept.front === path && kept.cells[path] === cell.model.id) return;
      kept.front = path;
      kept.cells[path] = cell.model.id;
      state.save(KEY, kept).catch(() => undefined);
    }

    async function goBack(panel) {
      await Promise.all([isRead, panel.context.ready, panel.revealed, app.restored]);
      const cells = panel.content.widgets;
      const index = cells.findIndex((cell) => cell.model.id === kept.cells[panel.context.path]);
      if (index > 0) panel.content.activeCellIndex = index;
      panel.labcheckIsBack = true;
      keep();
      if (index > 0) await scroll(panel, index);
    }

    notebooks.forEach(goBack);
    notebooks.widgetAdded.connect((_, panel) => void goBack(panel));
    notebooks.activeCellChanged.connect(keep);
    notebooks.currentChanged.connect(keep);
  }

  return {
    id: "labcheck:place",
    description: "Opens each notebook where one was.",
    autoStart: true,
    requires: [notebook.INotebookTracker, statedb.IStateDB],
    activate,
  };
}
