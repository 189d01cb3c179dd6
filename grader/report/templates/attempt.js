/* Filter, search, deep links, copy, print. The page is complete without it. */
(() => {
"use strict";
const all = (css, from = document) => [...from.querySelectorAll(css)];
const tests = all(".t").map((node) => ({ node, kind: node.dataset.k }));
const tools = document.getElementById("tools");
const find = document.getElementById("find");
const count = document.getElementById("count");
let show = "";

const textOf = (test) => (test.text ??= (test.node.closest(".fn").dataset.name + " " + test.node.textContent).toLowerCase());

function apply() {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  const active = Boolean(show || words.length);
  let shown = 0;
  for (const test of tests) {
    const fits = (!show || test.kind === show) && words.every((word) => textOf(test).includes(word));
    test.node.hidden = !fits;
    shown += fits;
  }
  for (const fold of all(".fold")) {
    const some = fold.querySelector(".t:not([hidden])");
    fold.hidden = !some;
    if (active && some) { fold.open = true; }
  }
  for (const box of all(".fn")) {
    box.hidden = active && !box.querySelector(".t:not([hidden])") && !(show === box.dataset.k && !words.length);
  }
  for (const box of all(".ex")) {
    box.hidden = active && !box.querySelector(".fn:not([hidden])");
  }
  for (const button of all("[data-show]", tools)) {
    button.setAttribute("aria-pressed", String(button.dataset.show === show));
  }
  count.textContent = shown ? count.dataset.text.replace("#", shown) : count.dataset.none;
}

function keep() {
  const state = new URLSearchParams();
  if (show) { state.set("show", show); }
  if (find.value.trim()) { state.set("q", find.value.trim()); }
  history.replaceState(null, "", "#" + state);
  apply();
}

function reveal(node) {
  for (let up = node; up; up = up.parentElement) {
    if (up.hidden) { show = ""; find.value = ""; apply(); }
    if (up.localName === "details") { up.open = true; }
  }
  for (const old of all(".here")) { old.classList.remove("here"); }
  node.classList.add("here");
  if (node.matches(".same > li")) { node.firstElementChild.open = true; }
  const target = node.querySelector(":scope > summary, :scope > details > summary") || node;
  if (target === node && !node.hasAttribute("tabindex")) { node.tabIndex = -1; }
  target.focus({ preventScroll: true });
  node.scrollIntoView();
}

function follow() {
  const hash = location.hash.slice(1);
  let id = hash;
  try { id = decodeURIComponent(hash); } catch { /* not ours: take it as it is */ }
  const node = id && document.getElementById(id);
  if (node) { reveal(node); return; }
  if (tools && /^(show|q)=/.test(hash)) {
    const state = new URLSearchParams(hash);
    show = ["fix", "passed"].includes(state.get("show")) ? state.get("show") : "";
    find.value = state.get("q") || "";
    apply();
  }
}

async function copy(button) {
  const pre = button.parentElement.querySelector("pre");
  const label = (button.dataset.label ??= button.textContent);
  let done = true;
  try {
    await navigator.clipboard.writeText(pre.textContent);
  } catch {
    getSelection().selectAllChildren(pre);
    done = document.execCommand("copy");
  }
  button.textContent = done ? button.dataset.done : button.dataset.fail;
  setTimeout(() => { button.textContent = label; }, 2500);
}

if (tools) {
  tools.hidden = false;
  for (const button of all("[data-show]", tools)) {
    button.addEventListener("click", () => { show = button.dataset.show; keep(); });
  }
  find.addEventListener("input", keep);
  apply();
}
for (const button of all(".copy")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
let undo = [];
addEventListener("beforeprint", () => {
  const before = [show, find?.value, all("details:not([open])")];
  undo.push(before);
  if (tools) { show = find.value = ""; apply(); }
  for (const node of before[2]) { node.open = true; }
});
addEventListener("afterprint", () => {
  for (const [kind, words, closed] of undo.splice(0)) {
    for (const node of closed) { node.open = false; }
    if (tools) { show = kind; find.value = words; apply(); }
  }
});
addEventListener("hashchange", follow);
addEventListener("load", () => setTimeout(follow)); /* after the browser's own jump, which takes the focus away */
follow();
})();
