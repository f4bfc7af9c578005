// Uploads: choosing a file sends it; while documents are being read, the page asks how far they are.
let sending = false;

function send(input) {
  if (!input.files.length || sending) return;
  sending = true;
  input.form.querySelector("[data-wait]").hidden = false;
  input.form.requestSubmit();
}

function sendOnChoice() {
  for (const input of document.querySelectorAll("[data-upload] input[type=file]")) {
    input.form.querySelector("[data-send]").hidden = true;
    input.addEventListener("change", () => send(input));
    // Chosen before this script was there.
    send(input);
  }
}

async function follow(status) {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1200));
    const response = await fetch(status.dataset.progress, { credentials: "same-origin" }).catch(() => null);
    if (!response?.ok) continue;
    const state = await response.json();
    status.querySelector("[data-words]").textContent = state.words;
    // A reload would break off an upload that is under way; the page it leads to is fresh anyway.
    if (!state.busy && !sending) {
      location.reload();
      return;
    }
  }
}

export function startPapers() {
  sendOnChoice();
  const status = document.querySelector("[data-progress]");
  if (status) follow(status);
}
