// What a person has ticked off stays on this device only.
export function startTicks() {
  const boxes = document.querySelectorAll("input[data-tick]");
  for (const box of boxes) {
    const key = `tick:${location.pathname}:${box.dataset.tick}`;
    box.checked = sessionStorage.getItem(key) === "1";
    box.addEventListener("change", () => sessionStorage.setItem(key, box.checked ? "1" : "0"));
  }
}
