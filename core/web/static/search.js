// The search dialog: finds while you type, arrows choose, Enter opens.

let lastAsked = "";
let timer;

export function startSearch() {
  const text = document.getElementById("search-text");
  if (!text) return;
  text.addEventListener("input", (event) => event.isComposing || ask(text));
  text.addEventListener("compositionend", () => ask(text));
  text.addEventListener("keydown", (event) => choose(event, text));
  document.getElementById("search").addEventListener("close", () => { lastAsked = ""; });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "search-found") mark(text, 0);
  });
}

function ask(text) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (text.value.trim() === lastAsked) return;
    lastAsked = text.value.trim();
    htmx.trigger(text, "find");
  }, 120);
}

function options() {
  return [...document.querySelectorAll("#search-found [role=option]")];
}

function mark(text, at) {
  const all = options();
  all.forEach((one, index) => one.setAttribute("aria-selected", String(index === at)));
  if (!all[at]) return text.removeAttribute("aria-activedescendant");
  text.setAttribute("aria-activedescendant", all[at].id);
  all[at].scrollIntoView({ block: "nearest" });
}

function choose(event, text) {
  if (event.isComposing) return;
  const all = options();
  const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    mark(text, Math.max(0, Math.min(all.length - 1, at + (event.key === "ArrowDown" ? 1 : -1))));
  } else if (event.key === "Enter" && all[at] && text.value.trim() === lastAsked) {
    event.preventDefault();
    location.assign(all[at].href);
  }
}
