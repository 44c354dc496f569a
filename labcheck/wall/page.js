// Draws what the wall's server tells. If the server is gone, what was last heard stays, and it says so.
"use strict";

const wall = document.getElementById("wall");
const link = document.getElementById("link");
const RETRY = 1000;

function follow() {
  const socket = new WebSocket(location.href.replace(/^http/, "ws").replace(/[?#].*$/, "").replace(/\/$/, "") + "/live");
  socket.onmessage = ({ data }) => {
    link.textContent = "";
    wall.innerHTML = data;
  };
  socket.onclose = () => {
    link.textContent = "The wall's server does not answer. This is what was last heard.";
    setTimeout(follow, RETRY);
  };
}

follow();
