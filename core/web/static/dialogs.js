// Native dialogs, menus that close by themselves, questions before an act, and toasts.
// Everything is delegated from the document, so parts that htmx brings in need no set-up.

export function startDialogs() {
  document.addEventListener("click", onClick);
  document.addEventListener("submit", askFirst, true);
  document.addEventListener("keydown", closeMenu);
  document.querySelectorAll(".toast-line").forEach(fadeLater);
  document.body.addEventListener("htmx:afterSettle", () => document.querySelectorAll(".toast-line").forEach(fadeLater));
}

export function open(id) {
  const dialog = document.getElementById(id);
  if (!dialog || dialog.open) return dialog;
  dialog.showModal();
  dialog.querySelector("[autofocus], .field input:not([type=hidden]), .field select, .field textarea")?.focus();
  return dialog;
}

function onClick(event) {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    if (opener.tagName === "A" && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    open(opener.dataset.opens);
  }
  event.target.closest("[data-closes]")?.closest("dialog")?.close();
  event.target.closest("[data-dismiss]")?.closest(".toast-line")?.remove();
  if (event.target instanceof HTMLDialogElement && outside(event)) event.target.close();
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target) || event.target.closest(".menu-list a, .menu-list button")) menu.removeAttribute("open");
  }
}

function outside(event) {
  // A dialog with a form that was typed in is not lost by a click beside it.
  if (event.target.querySelector("form.is-dirty")) return false;
  const box = event.target.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

function closeMenu(event) {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-menu][open]");
  if (menu) {
    menu.removeAttribute("open");
    menu.querySelector("summary").focus();
  }
}

function askFirst(event) {
  const form = event.target;
  if (!form.dataset.confirm || form.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const dialog = document.getElementById("confirm");
  const yes = dialog.querySelector("[data-confirm-yes]");
  document.getElementById("confirm-text").textContent = form.dataset.confirm;
  yes.textContent = form.dataset.confirmLabel || yes.textContent;
  yes.classList.toggle("danger", "confirmDanger" in form.dataset);
  dialog.returnValue = "no";
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") return;
    form.confirmed = true;
    form.requestSubmit(event.submitter);
  }, { once: true });
  dialog.showModal();
}

function fadeLater(toast) {
  if (toast.timed || toast.classList.contains("bad")) return;
  toast.timed = setTimeout(() => toast.remove(), 7000);
}

export function say(text, kind = "bad") {
  const toast = document.createElement("div");
  toast.className = `toast-line ${kind}`;
  toast.textContent = text;
  document.getElementById("toasts")?.append(toast);
  setTimeout(() => toast.remove(), 9000);
}
