// Forms: send once, warn before leaving what was typed, show where the mistake is.
import { say } from "./dialogs.js";

export function startForms() {
  document.addEventListener("input", markDirty);
  document.addEventListener("change", markDirty);
  document.addEventListener("submit", sendOnce);
  document.addEventListener("keydown", keepComposing, true);
  window.addEventListener("beforeunload", warn);
  window.addEventListener("pageshow", release);
  document.body.addEventListener("htmx:afterRequest", afterRequest);
  document.body.addEventListener("htmx:afterSettle", focusMistake);
  document.body.addEventListener("htmx:configRequest", dropEmpties);
  document.body.addEventListener("htmx:beforeSwap", showOtherPage);
  document.body.addEventListener("htmx:responseError", (event) => say(refusal(event.detail.xhr)));
  document.body.addEventListener("htmx:sendError", (event) => {
    if (event.detail.requestConfig.verb !== "get") say(document.body.dataset.sayFailed);
  });
  focusMistake();
}

export function isDirty(root = document) {
  return root.querySelector?.("form.is-dirty") !== null || root.matches?.("form.is-dirty") === true;
}

function markDirty(event) {
  event.target.closest?.("form[data-leave]")?.classList.add("is-dirty");
}

function warn(event) {
  if (document.querySelector("form.is-dirty:not([data-sending])")) event.preventDefault();
}

function sendOnce(event) {
  const form = event.target;
  if (!("once" in form.dataset) || event.defaultPrevented && !form.hasAttribute("hx-post")) return;
  if (form.dataset.sending) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sending = "true";
  // After this turn, because a disabled button's own value would not be sent.
  setTimeout(() => form.querySelectorAll("button:not([type=button])").forEach((button) => {
    button.disabled = true;
    button.classList.add("busy");
  }));
}

function release() {
  // Back from the browser's memory: what was sent before may be sent again.
  document.querySelectorAll("form[data-sending]").forEach(free);
}

function free(form) {
  delete form.dataset.sending;
  form.querySelectorAll("button.busy").forEach((button) => {
    button.disabled = false;
    button.classList.remove("busy");
  });
}

function afterRequest(event) {
  const form = event.detail.elt.closest?.("form[data-sending]");
  if (!form) return;
  if (event.detail.xhr?.getResponseHeader("HX-Redirect")) form.classList.remove("is-dirty");
  else free(form);
}

function focusMistake() {
  const summary = document.querySelector("[data-focus]");
  if (!summary || summary.shown) return;
  summary.shown = true;
  summary.closest("form")?.classList.add("is-dirty");
  const first = document.querySelector("[aria-invalid='true']:not([type=hidden])");
  (first || summary).focus();
}

function showOtherPage(event) {
  // A form answered with another page than itself: that page takes the place of this one.
  const { elt, xhr } = event.detail;
  const form = elt.matches?.("form[hx-select]") ? elt : null;
  if (!form || xhr.status !== 200 || xhr.responseText.includes(`id="${form.id}"`)) return;
  event.detail.target = document.getElementById("main");
  event.detail.selectOverride = "#fragment > *";
  event.detail.swapOverride = "innerHTML";
  scrollTo(0, 0);
}

function refusal(xhr) {
  // The server says what is wrong in the person's words; without an answer we say so ourselves.
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  return page.querySelector("[data-say]")?.dataset.say || document.body.dataset.sayFailed;
}

function dropEmpties(event) {
  // Addresses of filtered lists stay short enough to be saved and sent to a colleague.
  if (event.detail.verb !== "get") return;
  for (const [name, value] of Object.entries(event.detail.parameters)) {
    if (value === "") delete event.detail.parameters[name];
  }
}

function keepComposing(event) {
  // Enter that picks a Chinese candidate must not send the form.
  if (event.key === "Enter" && event.isComposing) event.stopPropagation();
}
