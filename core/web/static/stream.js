// The connection to the server: a ticket, a stream, and patience when it breaks. Where a stream never
// comes through, as behind a proxy that collects answers, the screens are read again from time to time.

// The server says every five seconds that it is still there.
const SILENCE = 16000;

export class Stream {
  constructor(ticketUrl, after, tell) {
    this.ticketUrl = ticketUrl;
    this.after = after;
    this.tell = tell;
    this.failures = 0;
    this.over = false;
    this.connect();
  }

  restart(after) {
    this.over = false;
    this.after = Math.max(this.after, after);
    this.connect();
  }

  async connect() {
    try {
      const answer = await fetch(this.ticketUrl, { headers: { Accept: "application/json" }, redirect: "manual", cache: "no-store" });
      if (answer.type === "opaqueredirect" || answer.status === 401) return this.end();
      const { ticket } = await answer.json();
      this.listen(`/live?ticket=${encodeURIComponent(ticket)}&after=${this.after}`);
    } catch {
      return this.again();
    }
    // The server is there, only its stream is not: what happened meanwhile is read without it.
    if (this.failures > 1) this.tell({ type: "reload" });
  }

  listen(url) {
    const source = this.source = new EventSource(url);
    const fail = () => {
      // A ticket opens one stream only, so the browser's own retry would be refused.
      clearTimeout(this.silence);
      source.close();
      this.again();
    };
    const alive = () => {
      clearTimeout(this.silence);
      this.silence = setTimeout(fail, SILENCE);
    };
    alive();
    source.addEventListener("still", alive);
    source.addEventListener("ready", () => {
      alive();
      // Whatever happened while the connection was broken is read again, once.
      if (this.failures) this.tell({ type: "reload" });
      this.failures = 0;
      this.tell({ type: "state", state: "live" });
    });
    source.addEventListener("hint", (event) => {
      const hint = JSON.parse(event.data);
      this.after = Math.max(this.after, hint.id);
      this.tell({ type: "hint", hint });
    });
    source.addEventListener("reload", () => this.tell({ type: "reload" }));
    source.addEventListener("bye", () => this.end());
    source.onerror = fail;
  }

  close() {
    this.source?.close();
    clearTimeout(this.silence);
    clearTimeout(this.timer);
  }

  end() {
    this.close();
    this.over = true;
    this.tell({ type: "over" });
  }

  again() {
    this.failures += 1;
    this.tell({ type: "state", state: "lost" });
    const wait = Math.min(15000, 400 * 2 ** Math.min(this.failures, 5)) * (0.75 + Math.random() / 2);
    this.timer = setTimeout(() => this.connect(), wait);
  }
}
