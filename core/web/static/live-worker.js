// One stream for all tabs of this browser: HTTP/1.1 allows six connections, and tabs are many.
import { Stream } from "./stream.js";

const tabs = new Set();
const recent = [];
let stream;
let state = "waiting";

onconnect = (event) => {
  const tab = event.ports[0];
  tab.onmessage = ({ data }) => greet(tab, data);
  tab.start();
};

function greet(tab, { type, ticketUrl, after }) {
  if (type === "bye") return tabs.delete(tab);
  tabs.add(tab);
  tab.postMessage({ type: "state", state });
  if (!stream) {
    stream = new Stream(ticketUrl, after, tell);
  } else if (stream.over) {
    stream.restart(after);
  } else if (state === "live") {
    // This page was drawn before hints that other tabs have heard already.
    for (const hint of recent) if (hint.id > after) tab.postMessage({ type: "hint", hint });
  }
}

function tell(message) {
  if (message.type === "state") state = message.state;
  if (message.type === "hint") {
    recent.push(message.hint);
    if (recent.length > 200) recent.shift();
  }
  for (const tab of tabs) tab.postMessage(message);
}
