// Uploads: choosing a file sends it; while documents are being read, the page asks how far they are.
function sendOnChoice() {
  for (const input of document.querySelectorAll("[data-upload] input[type=file]")) {
    input.form.querySelector("[data-send]").hidden = true;
    input.addEventListener("change", () => {
      if (!input.files.length) return;
      const wait = input.form.querySelector("[data-wait]");
      wait.hidden = false;
      input.form.requestSubmit();
    });
  }
}

async function follow(status) {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1200));
    const response = await fetch(status.dataset.progress, { credentials: "same-origin" }).catch(() => null);
    if (!response?.ok) continue;
    const state = await response.json();
    status.querySelector("[data-words]").textContent = state.words;
    if (!state.busy) {
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
