// What JupyterLab loads of a prebuilt extension, written by hand: modules of this folder, and no build.
//
// JupyterLab gives ``init`` the modules that it shares, each in its versions, and asks ``get`` for the extension.

var _JUPYTERLAB; // eslint-disable-line no-var -- JupyterLab's own, for all extensions
(_JUPYTERLAB ||= {}).labcheck = (() => {
  const here = document.currentScript.src;
  let shared = {};

  async function load(name) {
    const [version] = Object.values(shared[name]);
    return (await version.get())();
  }

  async function get() {
    const { default: extension } = await import(new URL("extension.js", here));
    const plugins = await extension(load);
    return () => ({ __esModule: true, default: plugins });
  }

  return { init: (scope) => void (shared = scope), get };
})();
