// Everything here is an extra: every page works without it.
import { startSources } from "./sources.js";
import { startTalk } from "./talk.js";
import { startTicks } from "./ticks.js";
import { startSpeaking } from "./speak.js";
import { startPapers } from "./papers.js";

document.documentElement.classList.add("js");
startSources();
startTalk();
startTicks();
startSpeaking();
startPapers();

document.querySelector("[data-focus]")?.focus();
