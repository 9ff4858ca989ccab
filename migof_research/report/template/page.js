// Long tables: a search box, a list of choices for each heading that asks for one (data-choices), and sorting by a
// click on a heading. Nothing here is needed to read the page.
"use strict";
const words = JSON.parse(document.body.dataset.words);

function make(tag, attributes, ...children) {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
}

// The heading of each column, in the order of the columns: headings under a group stand in the second row.
function headings(table) {
  const [first, second] = table.tHead.rows;
  const grouped = second ? [...second.cells] : [];
  return [...first.cells].flatMap(cell => (cell.scope === "colgroup" ? grouped.splice(0, cell.colSpan) : [cell]));
}

function value(row, column) {
  const cell = row.cells[column], exact = cell.querySelector("data");
  return exact ? Number(exact.value) : cell.textContent.trim();
}

function enhance(box) {
  const table = box.querySelector("table"), body = table.tBodies[0], rows = [...body.rows];
  const names = rows.map(row => row.querySelector("th").textContent.toLowerCase());
  const status = make("span", { className: "count" });
  status.setAttribute("role", "status");
  const search = make("input", { type: "search" });
  const tools = make("div", { className: "tools" }, make("label", {}, `${words.search} (${headings(table)[0].textContent.trim()}) `, search));
  const chosen = [];

  headings(table).forEach((heading, column) => {
    if ("choices" in heading.dataset) {
      const found = new Map(rows.map(row => [row.cells[column].textContent.trim(), value(row, column)]));
      const options = [...found.keys()].filter(Boolean).sort((a, b) => compare(found.get(a), found.get(b)));
      const select = make("select", {}, new Option(words.all, ""), ...options.map(option => new Option(option)));
      chosen.push([column, select]);
      tools.append(make("label", {}, heading.textContent.trim() + " ", select));
    }
    if (heading.className === "files") return;
    const button = make("button", { type: "button", className: "sort" }, ...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      rows.sort((a, b) => compare(value(a, column), value(b, column), down));
      body.append(...rows);
    });
  });

  const all = rows.slice();
  function show() {
    const asked = search.value.trim().toLowerCase();
    let shown = 0;
    all.forEach((row, i) => {
      const fits = names[i].includes(asked) && chosen.every(([column, select]) =>
        !select.value || row.cells[column].textContent.trim() === select.value);
      row.hidden = !fits;
      shown += fits;
    });
    status.textContent = words.count.replace("{shown}", shown).replace("{total}", rows.length);
  }
  tools.addEventListener("input", show);
  tools.append(status);
  show();
  box.prepend(tools);
}

// Numbers before words, words by the alphabet of the page, missing always last.
function compare(a, b, down = false) {
  const missing = x => x === "" || x === "–";
  if (missing(a) || missing(b)) return missing(a) - missing(b);
  const order = typeof a === typeof b
    ? (typeof a === "number" ? a - b : a.localeCompare(b, document.documentElement.lang, { numeric: true }))
    : (typeof a === "number" ? -1 : 1);
  return down ? -order : order;
}

document.querySelectorAll(".table.long").forEach(enhance);
