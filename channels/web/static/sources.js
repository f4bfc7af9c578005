// Citation chips open their source beside the answer (wide screens) or as a bottom sheet (phones).
// The piece is taken out of the very page the chip links to, so both always say the same.
const wide = matchMedia("(min-width: 64em)");
const pages = new Map();
let opener = null;

async function pieceBehind(link) {
  const address = link.href.split("#")[0];
  if (!pages.has(address)) {
    const response = await fetch(address, { credentials: "same-origin" });
    if (!response.ok) return null;
    pages.set(address, new DOMParser().parseFromString(await response.text(), "text/html"));
  }
  const page = pages.get(address);
  const place = link.hash ? page.getElementById(link.hash.slice(1)) : page;
  return (place ?? page).querySelector("[data-source-piece]");
}

function show(sheet, link, content) {
  const slot = sheet.querySelector("[data-slot]");
  slot.replaceChildren(content);
  opener?.setAttribute("aria-expanded", "false");
  opener = link;
  link.setAttribute("aria-expanded", "true");
  if (!sheet.open) wide.matches ? sheet.show() : sheet.showModal();
  sheet.scrollTop = 0;
  sheet.querySelector("[data-close]").focus({ preventScroll: true });
}

function lost() {
  const words = document.createElement("p");
  words.textContent = document.getElementById("source-sheet").dataset.lost;
  return words;
}

export function startSources() {
  const sheet = document.getElementById("source-sheet");
  if (!sheet?.showModal) return;
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[data-source]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      const piece = await pieceBehind(link).catch(() => null);
      show(sheet, link, piece ? document.importNode(piece, true) : lost());
    } else if (event.target.closest?.("[data-close]") || event.target === sheet) {
      sheet.close();
    }
  });
  sheet.addEventListener("close", () => {
    opener?.setAttribute("aria-expanded", "false");
    opener?.focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && sheet.open) sheet.close();
  });
}
