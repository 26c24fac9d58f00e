// Sorts a table in place. The heads hold links to ?sort=..., by which the server sorts where there is no JavaScript.
// A head without a link but with data-sort gets a button.

function valueOf(row, column) {
  const cell = row.cells[column];
  const figure = cell.matches("[data-value]") ? cell : cell.querySelector("[data-value]");
  return (cell.dataset.sortValue ?? figure?.dataset.value ?? cell.textContent).trim();
}

// Numbers before words, and what is absent last, whichever way the column runs.
function compare(one, other, sign) {
  if (one === "" || other === "") return (one === "") - (other === "");
  const numbers = [Number(one), Number(other)];
  if (!numbers.some(Number.isNaN)) return sign * (numbers[0] - numbers[1]);
  return sign * one.localeCompare(other, "en-GB", { numeric: true });
}

function sort(table, head) {
  const direction = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
  const sign = direction === "ascending" ? 1 : -1;
  const column = head.cellIndex;
  for (const body of table.tBodies) {
    const rows = [...body.rows];
    rows.sort((one, other) => compare(valueOf(one, column), valueOf(other, column), sign));
    body.append(...rows);
  }
  for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", direction);
}

function controlOf(head) {
  const link = head.querySelector("a.app-sort");
  if (link || head.dataset.sort === undefined) return link;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "app-sort";
  button.append(...head.childNodes);
  head.append(button);
  return button;
}

// The address by which the server would draw the table as it now stands.
function addressOf(link, head) {
  const address = new URL(link.href);
  address.searchParams.set("order", head.getAttribute("aria-sort") === "descending" ? "desc" : "asc");
  return address;
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  for (const head of table.tHead.rows[table.tHead.rows.length - 1].cells) {
    const control = controlOf(head);
    if (!control) continue;
    if (!head.hasAttribute("aria-sort")) head.setAttribute("aria-sort", "none");
    control.addEventListener("click", (event) => {
      event.preventDefault();
      sort(table, head);
      if (control.href) history.replaceState(null, "", addressOf(control, head));
    });
  }
}
