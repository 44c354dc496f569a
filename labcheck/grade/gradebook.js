// The learners of a gradebook as a table: sorted by any column, searched, a hundred rows at a time.
"use strict";
(() => {
  const SIZE = 100;
  const data = JSON.parse(document.getElementById("data").textContent);
  const table = document.getElementById("learners");
  const search = document.getElementById("search");
  const status = document.getElementById("status");
  const [previous, next] = ["previous", "next"].map((id) => document.getElementById(id));
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  let rows = data.rows, column = 0, descending = false, page = 0;

  // A row is the learner, the id, then a cell for each column after these: a text, or [text, number, class].
  const key = (cell) => (Array.isArray(cell) ? cell[1] : cell);
  const compare = (one, other) => {
    const [a, b] = [key(one[column]), key(other[column])];
    const order = typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b);
    return descending ? -order : order;
  };

  function cell(value, index, row) {
    const made = document.createElement(index === 0 ? "th" : "td");
    if (index === 0) made.scope = "row";
    const [text, , look] = Array.isArray(value) ? value : [value, 0, ""];
    if (look) made.className = look;
    const link = row[row.length - 1];
    if (index === 0 && link) {
      const to = document.createElement("a");
      to.href = link;
      to.textContent = text;
      made.append(to);
    } else made.textContent = text;
    return made;
  }

  function draw() {
    const last = Math.max(0, Math.ceil(rows.length / SIZE) - 1);
    page = Math.min(page, last);
    const shown = rows.slice(page * SIZE, (page + 1) * SIZE);
    table.tBodies[0].replaceChildren(...shown.map((row) => {
      const made = document.createElement("tr");
      made.append(...row.slice(0, -1).map((value, index) => cell(value, index, row)));
      return made;
    }));
    const from = rows.length ? page * SIZE + 1 : 0;
    status.textContent = `${from} to ${from ? from + shown.length - 1 : 0} of ${rows.length} learners`;
    previous.disabled = page === 0;
    next.disabled = page === last;
    table.querySelectorAll("thead th").forEach((head, index) => {
      if (index === column) head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  }

  function sort() {
    rows = [...rows].sort(compare);
    draw();
  }

  table.querySelectorAll("thead button").forEach((button, index) => button.addEventListener("click", () => {
    descending = index === column && !descending;
    column = index;
    page = 0;
    sort();
  }));
  search.addEventListener("input", () => {
    const wanted = search.value.trim().toLowerCase();
    rows = data.rows.filter((row) => row.some((value) => String(Array.isArray(value) ? value[0] : value).toLowerCase().includes(wanted)));
    page = 0;
    sort();
  });
  previous.addEventListener("click", () => { page -= 1; draw(); });
  next.addEventListener("click", () => { page += 1; draw(); });
  document.getElementById("class").hidden = false;
  sort();
})();
