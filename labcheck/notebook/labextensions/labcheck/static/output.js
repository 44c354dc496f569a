// A cell's output that is live: drawn from what is stored, then by the server. It needs no kernel.

import { live } from "./live.js";

export const KIND = "application/vnd.labcheck.live+json";
const BEFORE_HTML = -10;
const FOR_ALL = /^course\?/; // what a notebook may show that was not run here yet

export default function output({ rendermime, widgets }) {
  class Output extends widgets.Widget {
    constructor({ sanitizer }, app) {
      super();
      this.sanitizer = sanitizer;
      this.app = app;
    }

    async renderModel(model) {
      const { page } = model.data[KIND];
      const stored = String(model.data["text/html"] || "");
      const html = model.trusted ? stored : this.sanitizer.sanitize(stored);
      this.end();
      this.live = live(this.node, { page: model.trusted || FOR_ALL.test(page) ? page : "", html, app: this.app });
    }

    end() {
      if (this.live) this.live.end();
    }

    dispose() {
      this.end();
      super.dispose();
    }
  }

  return {
    id: "labcheck:output",
    description: "Draws the live outputs of the course's cells.",
    autoStart: true,
    requires: [rendermime.IRenderMimeRegistry],
    activate: (app, registry) => {
      const createRenderer = (options) => new Output(options, app);
      registry.addFactory({ safe: true, mimeTypes: [KIND], createRenderer }, BEFORE_HTML);
    },
  };
}
