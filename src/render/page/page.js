// Keys, and dragging over the timeline. Every page is whole without this.
"use strict";

const box = document.getElementById("q");
const keys = document.getElementById("keys");
const said = document.getElementById("said");
const clippings = [...document.querySelectorAll(".clipping, .line")];

function current() {
  return clippings.findIndex((clipping) => clipping.contains(document.activeElement));
}

function go(step) {
  const at = current();
  const next = clippings[at < 0 ? (step > 0 ? 0 : clippings.length - 1) : at + step];
  if (next) {
    next.querySelector("h2 a, .number").focus();
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
    "o": () => chosen?.querySelector("h2 a, .number").click(),
    "c": () => { const cite = chosen?.querySelector(".citation"); if (cite) copy(cite.textContent); },
    "?": () => keys.showModal(),
  }[event.key];
  if (does) {
    event.preventDefault();
    does();
  }
});

// What is kept on several pages is taken along together; the tab forgets it when it is closed.
function kept() {
  try { return JSON.parse(sessionStorage.getItem("kept")) ?? []; } catch { return []; }
}

function keep(ids) {
  try { sessionStorage.setItem("kept", JSON.stringify(ids)); } catch { return; }
  const button = document.querySelector(".along #basket button");
  if (button) button.textContent = ids.length ? `Take the kept ones along (${ids.length})` : "Take the kept ones along";
}

const ticks = [...document.querySelectorAll(".keep input")];
if (ticks.length) {
  for (const tick of ticks) tick.checked ||= kept().includes(tick.value);
  keep([...new Set([...kept(), ...ticks.filter((tick) => tick.checked).map((tick) => tick.value)])]);
  for (const tick of ticks) {
    tick.addEventListener("change", () => {
      const others = kept().filter((id) => id !== tick.value);
      keep(tick.checked ? [...others, tick.value] : others);
    });
  }
  document.getElementById("basket").addEventListener("submit", (event) => {
    event.preventDefault();
    location.assign(`/basket?ids=${kept().map(encodeURIComponent).join(",")}`);
  });
}

// The timeline: from the bar where the pointer goes down to the one where it comes up; arrow keys go from bar to bar.
function drags(timeline) {
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
document.querySelectorAll(".timeline").forEach(drags);

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

// On a wide screen the filters are open; a browser that cannot show what is folded learns it from here.
function unfold() {
  if (matchMedia("(min-width: 761px)").matches) document.querySelectorAll(".rail details").forEach((rail) => { rail.open = true; });
}
unfold();

// What there is in all is counted after the answers are shown: a search asked from here leaves it out, and the page asks for it.
const address = new URL(location.href);
if (address.pathname === "/" && address.searchParams.get("part") === "answers") {
  address.searchParams.delete("part");
  history.replaceState(history.state, "", address);
  address.searchParams.set("part", "counts");
  fetch(address).then((answer) => answer.ok ? answer.text() : Promise.reject()).then((text) => {
    const counted = new DOMParser().parseFromString(text, "text/html");
    for (const part of [...counted.body.children]) {
      const shown = document.getElementById(part.id);
      // What was unfolded stays so.
      if (shown?.querySelector(".more[open]")) part.querySelector(".more")?.setAttribute("open", "");
      shown?.replaceWith(part);
    }
    unfold();
    document.querySelectorAll(".timeline").forEach(drags);
  }, () => {});
}

function isSearch(target) {
  return target.origin === location.origin && target.pathname === "/" && target.searchParams.has("q");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='/?']");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const target = new URL(link.getAttribute("href"), location.href);
  if (!isSearch(target) || "later" in link.dataset) return;
  target.searchParams.set("part", "answers");
  event.preventDefault();
  location.assign(target);
});

document.querySelector(".box").addEventListener("submit", (event) => {
  if (!box.value.trim() || event.target.elements.part) return;
  const part = document.createElement("input");
  event.target.append(Object.assign(part, { type: "hidden", name: "part", value: "answers" }));
});

// Names that go on as typed, in place of those the page came with.
let waiting;
box.addEventListener("input", () => {
  clearTimeout(waiting);
  const typed = box.value;
  if (typed.trim().length < 2) return;
  waiting = setTimeout(() => {
    fetch(`/v1/suggest?limit=8&q=${encodeURIComponent(typed)}`).then((answer) => answer.ok ? answer.json() : null).then((found) => {
      if (!found || box.value !== typed) return;
      document.getElementById("near").replaceChildren(...found.suggestions.map(({ kind, name, query }) => {
        const option = document.createElement("option");
        // Browsers offer what holds the words typed so far, in the value or in the label.
        Object.assign(option, { value: query, label: `${typed} \u2192 ${name} (${kind})` });
        return option;
      }));
    }, () => {});
  }, 150);
});
