/* Sorting and filtering of the class table; without it the table is sorted by name. */
(() => {
"use strict";
const tools = document.getElementById("tools");
if (!tools) { return; }
const body = document.querySelector("#grid tbody");
const heads = [...document.querySelectorAll("#grid thead th")];
const find = document.getElementById("find");
const count = document.getElementById("count");
const order = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
const rows = [...body.rows].map((node) => ({
  node,
  text: node.textContent.toLowerCase(),
  keys: [...node.cells].map((cell) => cell.textContent.trim()),
}));
let column = 0;
let step = 1;

function apply() {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  const isNumber = heads[column].classList.contains("num");
  const key = (row) => (isNumber ? parseFloat(row.keys[column]) : row.keys[column]);
  const empty = (value) => value === "" || Number.isNaN(value);
  rows.sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (empty(x) || empty(y)) { return empty(x) - empty(y); }
    return step * (isNumber ? x - y : order.compare(x, y)) || order.compare(a.keys[0], b.keys[0]);
  });
  let shown = 0;
  for (const row of rows) {
    row.node.hidden = !words.every((word) => row.text.includes(word));
    shown += !row.node.hidden;
  }
  body.append(...rows.map((row) => row.node));
  heads.forEach((head, n) => {
    if (n === column) { head.setAttribute("aria-sort", step > 0 ? "ascending" : "descending"); }
    else { head.removeAttribute("aria-sort"); }
  });
  count.textContent = shown ? count.dataset.text.replace("#", shown) : count.dataset.none;
}

function keep() {
  const state = new URLSearchParams();
  if (column || step < 0) { state.set("sort", (step < 0 ? "-" : "") + column); }
  if (find.value.trim()) { state.set("q", find.value.trim()); }
  history.replaceState(null, "", "#" + state);
  apply();
}

heads.forEach((head, n) => {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => {
    step = n === column ? -step : head.classList.contains("num") ? -1 : 1;
    column = n;
    keep();
  });
});
tools.hidden = false;
find.addEventListener("input", keep);
function follow() {
  const state = new URLSearchParams(location.hash.slice(1));
  const sort = state.get("sort") || "0";
  column = Math.min(heads.length - 1, Math.abs(parseInt(sort, 10)) || 0);
  step = sort.startsWith("-") ? -1 : 1;
  find.value = state.get("q") || "";
  apply();
}
addEventListener("hashchange", follow);
addEventListener("beforeprint", () => { for (const row of rows) { row.node.hidden = false; } });
addEventListener("afterprint", apply);
follow();
})();
