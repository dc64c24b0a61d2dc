// Another person's act appears on the open screen: hints arrive, the parts that show their topic are
// read again. A form that is being typed in is never replaced; a bar offers the change instead.
import { isDirty } from "./forms.js";
import { Stream } from "./stream.js";

const pending = new Set();
let timer;
let menuTimer;

export function startLive() {
  const { live, liveAfter } = document.body.dataset;
  if (!live) return;
  const ticketUrl = new URL(live, location.href).href;
  connect(ticketUrl, Number(liveAfter));
  document.body.addEventListener("htmx:configRequest", tellApart);
  document.body.addEventListener("htmx:beforeRequest", protect);
  document.body.addEventListener("htmx:beforeSwap", remember);
  document.body.addEventListener("htmx:afterSettle", lightUp);
}

function connect(ticketUrl, after) {
  if ("SharedWorker" in window) {
    const worker = new SharedWorker(new URL("./live-worker.js", import.meta.url), { type: "module", name: "lamplit-live" });
    worker.port.onmessage = ({ data }) => receive(data);
    worker.port.start();
    const greet = () => worker.port.postMessage({ type: "hello", ticketUrl, after });
    greet();
    addEventListener("pagehide", () => worker.port.postMessage({ type: "bye" }));
    addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      greet();
      receive({ type: "reload" });
    });
    return;
  }
  // A stream for each tab would use up the browser's connections: hidden tabs give theirs back.
  let stream = new Stream(ticketUrl, after, receive);
  document.addEventListener("visibilitychange", () => {
    stream.close();
    if (!document.hidden) {
      stream = new Stream(ticketUrl, stream.after, receive);
    }
  });
}

function receive(message) {
  if (message.type === "state") showState(message.state);
  if (message.type === "hint") later([message.hint.topic, `${message.hint.topic}:${written(message.hint.ref)}`]);
  if (message.type === "reload") later(listenedTopics());
  if (message.type === "over" && !isDirty()) location.reload();
}

// As the filter "ref" of the templates writes it: a slash or a quote would end the trigger.
const written = (ref) => encodeURIComponent(ref).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt().toString(16).toUpperCase()}`);

function showState(state) {
  const sign = document.getElementById("connection");
  if (!sign) return;
  sign.dataset.state = state;
  const { sayLive, sayLost } = document.body.dataset;
  sign.querySelector("span").textContent = { live: sayLive, lost: sayLost }[state] || "";
}

function listenedTopics() {
  const triggers = [...document.querySelectorAll("[hx-trigger*='live:']")].map((one) => one.getAttribute("hx-trigger"));
  return triggers.flatMap((text) => [...text.matchAll(/live:(\S+) from:body/g)].map((match) => match[1]));
}

function later(topics) {
  topics.forEach((topic) => pending.add(topic));
  // Debounced, and spread a little so that a hundred screens do not ask at the same moment.
  timer ??= setTimeout(dispatch, 60 + Math.random() * 140);
}

function dispatch() {
  timer = undefined;
  const topics = [...pending];
  pending.clear();
  for (const topic of topics) htmx.trigger(document.body, `live:${topic}`);
  warnForms(topics);
  menuTimer ??= setTimeout(() => {
    menuTimer = undefined;
    htmx.trigger(document.body, "live:any");
  }, 400);
}

const isLive = (event) => event.detail.requestConfig?.triggeringEvent?.type?.startsWith("live:");

function tellApart(event) {
  // A message for the person ("saved") must not be used up by a screen that re-reads itself.
  if (event.detail.triggeringEvent?.type?.startsWith("live:")) event.detail.headers["Lamplit-Live"] = "1";
}

function isBusy(part) {
  if (isDirty(part)) return true;
  const focused = document.activeElement;
  return part.contains(focused) && focused.matches("input:not([type=search]), textarea, select");
}

function protect(event) {
  const part = event.detail.target;
  if (!isLive(event) || !part) return;
  // Whoever walks through the menu by keys keeps her place; the counts follow with the next change.
  if (part.id === "menu" && part.contains(document.activeElement)) return event.preventDefault();
  const dialogInside = part.querySelector("dialog[open]");
  if (isBusy(part) || dialogInside) {
    event.preventDefault();
    offer(dialogInside?.querySelector(".dialog-body") || part, () => htmx.trigger(part, "refresh"));
  }
}

function warnForms(topics) {
  for (const form of document.querySelectorAll("form[data-live-warn]")) {
    const mine = form.dataset.liveWarn.split(" ");
    if (form.dataset.sending || !topics.some((topic) => mine.includes(topic))) continue;
    offer(form, () => { form.classList.remove("is-dirty"); location.reload(); });
  }
}

function offer(part, show) {
  if (part.querySelector(":scope > .changed-bar")) return;
  const bar = document.createElement("div");
  bar.className = "changed-bar";
  bar.setAttribute("role", "status");
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: document.body.dataset.sayShow });
  button.addEventListener("click", () => { bar.remove(); show(); });
  bar.append(document.body.dataset.sayChanged, button);
  part.prepend(bar);
}

const before = new Map();

function remember(event) {
  if (!isLive(event)) return;
  before.clear();
  event.detail.target.querySelectorAll("[data-row]").forEach((row) => before.set(row.dataset.row, row.textContent));
  before.part = event.detail.target.id;
  const focused = event.detail.target.contains(document.activeElement) && document.activeElement.closest("[data-row]");
  before.focused = focused ? focused.dataset.row : "";
}

function keepPlace(row) {
  row.classList.add("at");
  row.querySelector("a.number, a, button")?.focus({ preventScroll: true });
}

function lightUp(event) {
  const part = event.detail.elt;
  if (!before.part || part.id !== before.part) return;
  part.querySelectorAll("[data-row]").forEach((row) => {
    if (before.get(row.dataset.row) !== row.textContent) row.classList.add("is-changed");
    if (row.dataset.row === before.focused) keepPlace(row);
  });
  before.part = "";
}
