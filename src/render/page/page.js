// Keys, and dragging over the timeline. Every page is whole without this.
"use strict";

const box = document.getElementById("q");
const keys = document.getElementById("keys");
const said = document.getElementById("said");
const clippings = [...document.querySelectorAll(".clipping")];

function current() {
  return clippings.findIndex((clipping) => clipping.contains(document.activeElement));
}

function go(step) {
  const at = current();
  const next = clippings[at < 0 ? (step > 0 ? 0 : clippings.length - 1) : at + step];
  if (next) {
    next.querySelector("h2 a").focus();
    next.scrollIntoView({ block: "center" });
  }
}

let saying;
function say(words) {
  said.textContent = words;
  clearTimeout(saying);
  saying = setTimeout(() => { said.textContent = ""; }, 2500);
}

// Browsers give the clipboard to pages of this machine and to those spoken to by TLS.
function copy(citation) {
  if (!navigator.clipboard) return say("This browser keeps the clipboard to itself here");
  navigator.clipboard.writeText(citation).then(() => say("Citation copied"), () => say("The citation could not be copied"));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input, textarea, select");
  if (event.key === "Escape" && typing) return event.target.blur();
  if (typing || keys.open) return;
  const chosen = clippings[current()];
  const does = {
    "/": () => { box.focus(); box.select(); },
    "j": () => go(1),
    "k": () => go(-1),
    "o": () => chosen?.querySelector("h2 a").click(),
    "c": () => chosen?.dataset.cite && copy(chosen.dataset.cite),
    "?": () => keys.showModal(),
  }[event.key];
  if (does) {
    event.preventDefault();
    does();
  }
});

// The timeline: from the bar where the pointer goes down to the one where it comes up; arrow keys go from bar to bar.
for (const timeline of document.querySelectorAll(".timeline")) {
  const bars = [...timeline.querySelectorAll("a")];
  let first = -1;
  timeline.classList.add("drags");
  const at = (event) => {
    const within = timeline.querySelector("svg").getBoundingClientRect();
    const place = Math.floor(((event.clientX - within.left) / within.width) * bars.length);
    return Math.min(Math.max(place, 0), bars.length - 1);
  };
  const show = (last) => bars.forEach((bar, number) => bar.classList.toggle("chosen", first >= 0 && number >= Math.min(first, last) && number <= Math.max(first, last)));
  timeline.addEventListener("dragstart", (event) => event.preventDefault());
  timeline.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.target.closest("svg")) {
      first = at(event);
      show(first);
    }
  });
  document.addEventListener("pointermove", (event) => { if (first >= 0) show(at(event)); });
  document.addEventListener("pointerup", (event) => {
    if (first < 0) return;
    const [from, to] = [first, at(event)].sort((a, b) => a - b);
    first = -1;
    const address = new URL(location.href);
    address.searchParams.set("from", bars[from].dataset.from);
    address.searchParams.set("to", bars[to].dataset.from);
    address.searchParams.delete("after");
    address.hash = "";
    location.assign(address);
  });
  timeline.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = step && bars[bars.indexOf(document.activeElement) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });
}

// A name in the key of an article leads from one of its quotations to the next.
const seen = new Map();
for (const name of document.querySelectorAll(".key a.said")) {
  const speaker = name.dataset.speaker;
  const said = [...document.querySelectorAll(`.story .said[id][data-speaker="${speaker}"]`)];
  name.addEventListener("click", (event) => {
    if (said.length === 0) return;
    event.preventDefault();
    const number = (seen.get(speaker) ?? -1) + 1;
    seen.set(speaker, number % said.length);
    document.querySelectorAll(".here").forEach((other) => other.classList.remove("here"));
    const one = said[number % said.length];
    one.classList.add("here");
    one.scrollIntoView({ block: "center" });
  });
}

// On a narrow screen the filters are folded until they are asked for.
if (matchMedia("(max-width: 760px)").matches) document.querySelectorAll(".rail details").forEach((rail) => { rail.open = false; });
