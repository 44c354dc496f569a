// One save of a notebook at a time: Ctrl+S waits for the automatic save that is under way, and the other way round.
//
// JupyterLab 4 lets them overlap. Then the second finds a file that it does not know yet, for the first wrote it, and asks
// whether to overwrite what "has changed on disk".

export default function saving({ notebook }) {
  function inTurn({ context }) {
    const save = context.save.bind(context);
    let last = Promise.resolve();
    context.save = () => (last = last.then(save, save));
  }

  function activate(app, notebooks) {
    notebooks.forEach(inTurn);
    notebooks.widgetAdded.connect((_, panel) => inTurn(panel));
  }

  return {
    id: "labcheck:saving",
    description: "Saves a notebook once at a time.",
    autoStart: true,
    requires: [notebook.INotebookTracker],
    activate,
  };
}
