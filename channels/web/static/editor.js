// While somebody types, the draft is kept and looked at; where a choice changes what is asked next, the form is drawn anew.
const form = document.querySelector("form[data-check]");
const PAUSE = 700;

if (form) {
  const said = form.querySelector("[data-said]");
  let waiting = 0;
  let asked = 0;

  const look = async () => {
    const mine = ++asked;
    try {
      const response = await fetch(form.dataset.check, { method: "POST", body: new FormData(form), credentials: "same-origin" });
      const html = await response.text();
      if (mine === asked && response.ok) {
        said.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
      }
    } catch {
      // The network is away for a moment: what was typed is still in the form, and the buttons keep it.
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  });
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-again]")) {
      clearTimeout(waiting);
      form.requestSubmit();
    }
  });
}
