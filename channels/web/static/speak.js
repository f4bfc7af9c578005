// 长辈版: every block can be read aloud by the device itself. No voice on the device, no button.
export function startSpeaking() {
  if (!document.documentElement.classList.contains("elder") || !window.speechSynthesis) return;
  for (const block of document.querySelectorAll(".answer, .route, .row, .question, .notice:not(.answer *), .list-card, .finding, .tile")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet speak";
    button.textContent = "朗读";
    button.addEventListener("click", () => {
      speechSynthesis.cancel();
      const words = block.cloneNode(true);
      words.querySelectorAll("button, .cites, .hide, svg").forEach((part) => part.remove());
      const speech = new SpeechSynthesisUtterance(words.textContent.replace(/\s+/g, " "));
      speech.lang = "zh-CN";
      speech.rate = 0.9;
      speechSynthesis.speak(speech);
    });
    // A notice has its icon on the left; the button belongs under its words.
    (block.querySelector(":scope > div") ?? block).append(button);
  }
}
