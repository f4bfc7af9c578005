// Citation chips open their source beside the answer (wide screens) or as a bottom sheet (phones).
const sheet = document.getElementById("source-sheet");

async function open(link) {
  const response = await fetch(link.href.replace("/t/", "/t/").split("#")[0] + "/panel?" + new URLSearchParams({ at: link.hash.slice(1) }));
  return response.ok ? response.text() : null;
}
