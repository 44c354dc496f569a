// The map of the course, in a tab of its own: from the launcher.

import { live } from "./live.js";

const COMMAND = "labcheck:map";
const AFTER_KERNELS = 1000;

export default function map({ application, apputils, launcher, ui, widgets }) {
  function made(app) {
    const content = new widgets.Widget();
    content.addClass("labcheck-beside");
    const drawn = live(content.node, { page: "course?", html: "", app });
    content.disposed.connect(() => drawn.end());
    const tab = new apputils.MainAreaWidget({ content });
    tab.id = "labcheck-map";
    tab.title.label = "Map of the course";
    tab.title.icon = ui.tocIcon;
    tab.title.closable = true;
    return tab;
  }

  return {
    id: "labcheck:map",
    description: "The map of the course.",
    autoStart: true,
    requires: [application.ILayoutRestorer],
    optional: [launcher.ILauncher],
    activate: (app, restorer, first) => {
      const tracker = new apputils.WidgetTracker({ namespace: "labcheck-map" });
      app.commands.addCommand(COMMAND, {
        label: "Map of the course",
        caption: "The lessons: which are done, which is next",
        icon: ui.tocIcon,
        execute: async () => {
          let tab = tracker.find(() => true);
          if (!tab) {
            tab = made(app);
            await tracker.add(tab);
            app.shell.add(tab, "main");
          }
          app.shell.activateById(tab.id);
          return tab;
        },
      });
      restorer.restore(tracker, { command: COMMAND, name: () => "map" });
      if (first) first.add({ command: COMMAND, category: "Notebook", rank: AFTER_KERNELS });
    },
  };
}
