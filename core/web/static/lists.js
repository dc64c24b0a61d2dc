// Lists filter in place while you type; the filter stays in the address.

let timer;

export function startLists() {
  document.addEventListener("input", (event) => event.isComposing || later(event.target));
  document.addEventListener("change", tickAll);
  document.addEventListener("compositionend", (event) => later(event.target));
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-filter]");
    if (!form?.dataset.filter) return;
    event.preventDefault();
    filter(form);
  });
}

function tickAll(event) {
  const name = event.target.dataset?.tickAll;
  if (!name) return;
  for (const box of document.querySelectorAll(`input[type=checkbox][name="${name}"]`)) box.checked = event.target.checked;
}

function later(target) {
  const form = target.closest?.("form[data-filter]");
  if (!form?.dataset.filter) return;
  clearTimeout(timer);
  timer = setTimeout(() => filter(form), 200);
}

function filter(form) {
  const url = new URL(form.action, location.href);
  for (const [name, value] of new FormData(form)) {
    if (value) url.searchParams.set(name, value);
  }
  const list = document.getElementById(form.dataset.filter);
  if (!list || url.href === location.href) return;
  history.replaceState(null, "", url);
  htmx.ajax("GET", url.pathname + url.search, { target: list, swap: "outerHTML", select: `#${list.id}` });
}
