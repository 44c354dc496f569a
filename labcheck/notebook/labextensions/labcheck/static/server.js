// Where JupyterLab's server is, and what it said to this page when it was loaded.

const config = JSON.parse(document.getElementById("jupyter-config-data").textContent);

// A page of the course's part of the server.
export function address(page) {
  const url = new URL((config.baseUrl || "/") + "labcheck/" + page, window.location.href);
  return url;
}

// A websocket to it.
export function socket(page) {
  const url = address(page);
  url.protocol = url.protocol.replace("http", "ws");
  if (config.token) url.searchParams.set("token", config.token);
  return new WebSocket(url);
}

// The command that opens the course again.
export const opening = config.labcheckOpening || "labcheck start";
