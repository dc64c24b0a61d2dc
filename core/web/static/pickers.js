// The ARIA combobox that chooses a customer or a product; the list comes from the server.

const waiting = new WeakMap();

export function startPickers() {
  document.addEventListener("input", (event) => event.isComposing || typed(event.target));
  document.addEventListener("compositionend", (event) => typed(event.target));
  document.addEventListener("keydown", onKey);
  document.addEventListener("mousedown", onPress);
  document.addEventListener("click", (event) => {
    const box = boxOf(event.target);
    if (box && !box.querySelector("[data-picked]").value) ask(box);
  });
  document.addEventListener("focusout", (event) => {
    const box = boxOf(event.target);
    if (box) close(box);
  });
}

const boxOf = (target) => (target.matches?.("[role=combobox]") ? target.closest("[data-picker]") : null);
const input = (box) => box.querySelector("[role=combobox]");
const list = (box) => box.querySelector("[role=listbox]");

function typed(target) {
  const box = boxOf(target);
  if (!box) return;
  box.querySelector("[data-picked]").value = "";
  clearTimeout(waiting.get(box));
  waiting.set(box, setTimeout(() => ask(box), 140));
}

async function ask(box) {
  const asked = input(box).value.trim();
  const url = new URL(box.dataset.picker, location.href);
  url.searchParams.set("q", asked);
  const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || document.activeElement !== input(box) || input(box).value.trim() !== asked) return;
  show(box, (await answer.json()).items);
}

function show(box, items) {
  const shown = list(box);
  box.items = items;
  shown.replaceChildren(...items.map((item, at) => option(box, item, at)));
  if (!items.length) shown.append(nothing(box));
  shown.hidden = false;
  input(box).setAttribute("aria-expanded", "true");
  box.querySelector("[data-picker-status]").textContent = `${items.length} ${box.dataset.sayCount}`;
  mark(box, items.length ? 0 : -1);
}

function option(box, item, at) {
  const one = document.createElement("span");
  one.role = "option";
  one.id = `${list(box).id}-${at}`;
  one.dataset.at = at;
  one.append(item.text);
  if (item.detail) one.append(Object.assign(document.createElement("small"), { textContent: item.detail }));
  return one;
}

function nothing(box) {
  return Object.assign(document.createElement("span"), { className: "picker-none", textContent: box.dataset.sayNone });
}

function mark(box, at) {
  const all = [...list(box).querySelectorAll("[role=option]")];
  all.forEach((one, index) => one.setAttribute("aria-selected", String(index === at)));
  if (!all[at]) return input(box).removeAttribute("aria-activedescendant");
  input(box).setAttribute("aria-activedescendant", all[at].id);
  all[at].scrollIntoView({ block: "nearest" });
}

function close(box) {
  list(box).hidden = true;
  input(box).setAttribute("aria-expanded", "false");
  input(box).removeAttribute("aria-activedescendant");
}

function pick(box, at) {
  const item = box.items?.[at];
  if (!item) return;
  input(box).value = item.text;
  const hidden = box.querySelector("[data-picked]");
  hidden.value = item.value;
  close(box);
  fill(box, item);
  hidden.dispatchEvent(new Event("change", { bubbles: true }));
  box.dispatchEvent(new CustomEvent("picked", { bubbles: true, detail: item }));
}

function fill(box, item) {
  const scope = box.closest("[data-line]") || box.closest("form");
  scope?.querySelectorAll("[data-fill]").forEach((field) => {
    if (!(field.dataset.fill in item)) return;
    field.value = item[field.dataset.fill];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function onKey(event) {
  const box = boxOf(event.target);
  if (!box || event.isComposing) return;
  const all = box.items || [];
  const at = [...list(box).querySelectorAll("[role=option]")].findIndex((one) => one.getAttribute("aria-selected") === "true");
  const isOpen = !list(box).hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!isOpen) ask(box);
    else mark(box, Math.max(0, Math.min(all.length - 1, at + (event.key === "ArrowDown" ? 1 : -1))));
  } else if (event.key === "Enter" && isOpen) {
    event.preventDefault();
    pick(box, at);
  } else if (event.key === "Escape" && isOpen) {
    event.preventDefault();
    event.stopPropagation();
    close(box);
  } else if (event.key === "Tab" && isOpen && input(box).value.trim()) {
    pick(box, at);
  }
}

function onPress(event) {
  const one = event.target.closest(".picker-list [role=option]");
  if (!one) return;
  event.preventDefault();
  pick(one.closest("[data-picker]"), Number(one.dataset.at));
}
