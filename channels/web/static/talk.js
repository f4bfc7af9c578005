// The answer appears sentence by sentence: what arrives has been verified before it is sent.
// When it is complete, the page as the server draws it takes its place.

async function* eventsOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    waiting += value;
    const frames = waiting.split("\n\n");
    waiting = frames.pop();
    for (const frame of frames) {
      const lines = frame.split("\n");
      const name = lines.find((line) => line.startsWith("event: "))?.slice(7);
      const data = lines.find((line) => line.startsWith("data: "))?.slice(6);
      if (name && data) yield { name, data: JSON.parse(data) };
    }
  }
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

class Drawing {
  constructor(turns, question, waiting) {
    this.turn = element("article", "turn");
    this.card = element("div", "answer card");
    this.card.setAttribute("aria-live", "off");
    this.wait = element("p", "wait", waiting);
    this.card.append(this.wait);
    if (question) this.turn.append(element("p", "you", question));
    this.turn.append(this.card);
    turns.querySelector(".empty")?.remove();
    turns.append(this.turn);
    this.blocks = new Map();
    this.turn.scrollIntoView({ block: "start" });
  }

  take({ name, data }) {
    if (name === "block") {
      this.wait.remove();
      const block = element("p", data.kind === "lead" ? "lead" : "say");
      this.blocks.set(data.i, block);
      this.card.append(block);
    } else if (name === "delta") {
      this.blocks.get(data.i)?.append(data.text);
    }
  }
}

async function redraw(turns) {
  const response = await fetch("/chat", { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.getElementById("turns");
  turns.replaceChildren(...document.importNode(fresh, true).childNodes);
  const last = turns.querySelector(".turn:last-of-type");
  last?.scrollIntoView({ block: "start" });
  return last?.querySelector(".lead, .say")?.textContent ?? "";
}

async function ask(form, turns) {
  const box = form.elements.question;
  const error = form.querySelector("[data-error]");
  const question = box.value.trim();
  const button = form.querySelector("button");
  const old = turns.querySelector(".turn:last-of-type");
  error.hidden = true;
  button.disabled = true;
  old?.querySelectorAll(".question, .list-card, .opinion").forEach((part) => { part.hidden = true; });
  const drawing = new Drawing(turns, question, form.dataset.waiting);
  try {
    const response = await fetch("/chat/stream", { method: "POST", body: new FormData(form), credentials: "same-origin" });
    if (!response.ok) throw new Error(String(response.status));
    for await (const event of eventsOf(response)) {
      if (event.name === "error") throw new Error("error");
      drawing.take(event);
    }
    box.value = "";
    const said = await redraw(turns);
    document.querySelector("[data-status]").textContent = said;
  } catch {
    drawing.turn.remove();
    old?.querySelectorAll(".question, .list-card, .opinion").forEach((part) => { part.hidden = false; });
    error.textContent = form.dataset.lost;
    error.hidden = false;
  } finally {
    button.disabled = false;
    box.focus({ preventScroll: true });
  }
}

export function startTalk() {
  const form = document.querySelector("[data-composer]");
  const turns = document.getElementById("turns");
  if (form && turns && window.TextDecoderStream) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form, turns);
    });
  }
  // Enter sends, Shift+Enter makes a new line; while characters are being composed, Enter belongs to the input method.
  for (const box of document.querySelectorAll("[data-composer] textarea, [data-ask] textarea")) {
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && box.value.trim()) {
        event.preventDefault();
        box.form.requestSubmit();
      }
    });
  }
}
