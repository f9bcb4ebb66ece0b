// Brings what the host says: by WebSocket, and by asking every two seconds while there is none.

const silence = 15000; // The host speaks at least every 5 s.
const asking = 2000;
const retries = [1000, 2000, 5000, 10000];

export class Connection {
  #socket = null;
  #watch = null;
  #poll = null;
  #failures = 0;
  #take;
  #show;

  // `take` gets each message and says whether it followed the one before; `show` gets live, polling or lost.
  constructor(take, show) {
    this.#take = take;
    this.#show = show;
  }

  open() {
    if (typeof WebSocket === "undefined") {
      this.#startPolling();
      return;
    }
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/api/v1/events`);
    this.#socket = socket;
    this.#expect(socket);
    socket.onmessage = ({ data }) => this.#receive(socket, data);
    socket.onclose = () => this.#lose(socket);
  }

  #receive(socket, data) {
    if (socket !== this.#socket) return;
    this.#expect(socket);
    this.#stopPolling();
    if (!this.#take(JSON.parse(data))) {
      socket.close();
      this.#lose(socket);
      return;
    }
    this.#failures = 0;
    this.#show("live");
  }

  #expect(socket) {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      socket.close();
      this.#lose(socket);
    }, silence);
  }

  #lose(socket) {
    if (socket !== this.#socket) return;
    this.#socket = null;
    clearTimeout(this.#watch);
    this.#startPolling();
    const wait = retries[Math.min(this.#failures, retries.length - 1)];
    this.#failures += 1;
    setTimeout(() => this.open(), wait);
  }

  #startPolling() {
    if (this.#poll !== null) return;
    this.#poll = setInterval(() => this.#ask(), asking);
    this.#ask();
  }

  #stopPolling() {
    clearInterval(this.#poll);
    this.#poll = null;
  }

  async #ask() {
    try {
      const answer = await fetch("/api/v1/site", { cache: "no-store", signal: AbortSignal.timeout(5000) });
      if (!answer.ok) throw new Error(answer.statusText);
      const site = await answer.json();
      if (this.#poll === null) return;
      this.#take({ event: "document", site });
      this.#show("polling");
    } catch {
      if (this.#poll !== null) this.#show("lost");
    }
  }
}
