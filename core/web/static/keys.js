// Shortcuts; silent while somebody types or composes Chinese.
import { open } from "./dialogs.js";

export function startKeys() {
  document.addEventListener("keydown", onKey);
}

function typing(target) {
  return target.isContentEditable || target.closest("input, textarea, select") !== null;
}

function onKey(event) {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key.toLowerCase() === "k") return act(event, () => open("search"));
  if (control && event.key.toLowerCase() === "s") return act(event, press("Ctrl+S"));
  if (control || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "?") return act(event, () => open("keys"));
  if (event.key === "j" || event.key === "k") return act(event, () => step(event.key === "j" ? 1 : -1));
  if (event.key === "Enter" && !event.target.closest("a, button, summary")) return act(event, openRow());
  act(event, press(event.key));
}

function act(event, what) {
  if (!what) return;
  event.preventDefault();
  what();
}

function press(key) {
  const name = key.length === 1 ? key.toUpperCase() : key;
  const target = [...document.querySelectorAll(`[data-key="${CSS.escape(name)}"]`)].find((one) => one.checkVisibility());
  if (!target) return null;
  return () => (target.matches("input") ? target.select() : target.click());
}

function rows() {
  return [...document.querySelectorAll("#main tr[data-row]")];
}

function step(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.classList.contains("at"));
  const next = all[Math.min(all.length - 1, Math.max(0, at + by))];
  all[at]?.classList.remove("at");
  next.classList.add("at");
  next.scrollIntoView({ block: "nearest" });
  next.querySelector("a.number")?.focus({ preventScroll: true });
}

function openRow() {
  const link = document.querySelector("tr.at a.number");
  return link ? () => link.click() : null;
}
