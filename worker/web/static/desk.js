// The little script of the desk. Every page works without it; it adds what arrives by itself.
"use strict";

const say = (element, text) => { if (element && element.textContent !== text) element.textContent = text; };

function live() {
  const status = document.querySelector("#live");
  const stream = document.querySelector("#stream");
  if (!status || !stream || !window.EventSource) return;
  if (stream.dataset.paged) { say(status, "An older page; the newest are under Now."); return; }
  const arrived = document.querySelector("#arrived");
  let waiting = 0, timer = null, busy = false;

  // New cards in place of old ones, and nothing moved under the reader's hand: whoever has scrolled down
  // or holds the focus in the list gets a button instead.
  async function renew() {
    timer = null;
    if (busy) { timer = setTimeout(renew, 300); return; }
    busy = true;
    try {
      const answer = await fetch(stream.dataset.address, { headers: { Accept: "text/html" } });
      if (answer.status === 401) { location.reload(); return; }
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      const known = new Map([...stream.querySelectorAll("article")].map((a) => [a.id, a.dataset.version]));
      for (const card of fresh.querySelectorAll("article")) {
        if (known.get(card.id) !== card.dataset.version) card.classList.add("fresh");
      }
      stream.replaceChildren(...fresh.childNodes);
      waiting = 0;
      arrived.hidden = true;
      setTimeout(() => stream.querySelectorAll(".fresh").forEach((c) => c.classList.remove("fresh")), 6000);
    } catch { say(status, "Not connected; trying again."); } finally { busy = false; }
  }

  function changed() {
    waiting += 1;
    if (window.scrollY > 300 || stream.contains(document.activeElement)) {
      arrived.hidden = false;
      say(arrived, waiting === 1 ? "1 change arrived: show it" : `${waiting} changes arrived: show them`);
    } else if (!timer) timer = setTimeout(renew, 250);
  }

  arrived.addEventListener("click", () => { window.scrollTo(0, 0); renew(); });
  const source = new EventSource("/live?after=" + encodeURIComponent(status.dataset.after));
  source.addEventListener("open", () => say(status, "Live"));
  source.addEventListener("hello", () => say(status, "Live"));
  source.addEventListener("change", changed);
  source.addEventListener("error", () => say(status, "Not connected; trying again."));
  window.addEventListener("pagehide", () => source.close());
  setInterval(() => { for (const t of stream.querySelectorAll("time")) say(t, ago(t.dateTime)); }, 60000);
}

function ago(text) {
  const seconds = (Date.now() - new Date(text)) / 1000;
  for (const [size, unit] of [[86400, "d"], [3600, "h"], [60, "min"]]) if (seconds >= size) return `${Math.floor(seconds / size)} ${unit} ago`;
  return "just now";
}

// A query is checked while it is written; the server knows the language, this only asks.
function checks() {
  for (const field of document.querySelectorAll("[data-check]")) {
    const told = field.closest("form").querySelector(".check");
    let timer = null;
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        if (!field.value.trim()) return;
        const answer = await fetch("/watches/check?query=" + encodeURIComponent(field.value));
        if (!answer.ok) return;
        const found = await answer.json();
        field.setAttribute("aria-invalid", String(!found.ok));
        told.className = "check " + (found.ok ? "good" : "bad");
        say(told, found.ok ? "The query can be read." : [found.column ? `column ${found.column}: ` : "", found.message, found.remedy ? ` — ${found.remedy}` : ""].join(""));
      }, 250);
    });
  }
}

function forms() {
  // A button that shows its answer beside the form; without script it loads the same page whole.
  for (const button of document.querySelectorAll("button[data-into]")) {
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      const into = document.querySelector(button.dataset.into);
      say(into, "Looking at the archive…");
      try {
        const answer = await fetch(button.formAction, { method: "POST", body: new FormData(button.form) });
        const made = new DOMParser().parseFromString(await answer.text(), "text/html");
        const found = made.querySelector(button.dataset.into);
        if (found) into.replaceChildren(...found.childNodes);
        else say(into, (made.querySelector(".fault") || made.body).textContent);
      } catch { say(into, "Not connected. Try again."); }
      into.scrollIntoView({ block: "nearest" });
    });
  }
  for (const form of document.querySelectorAll("form[data-busy]")) {
    form.addEventListener("submit", () => { const b = form.querySelector("button"); b.disabled = true; say(b, form.dataset.busy); });
  }
  for (const button of document.querySelectorAll("[data-ask]")) {
    button.addEventListener("click", (event) => { if (!confirm(button.dataset.ask)) event.preventDefault(); });
  }
  for (const slide of document.querySelectorAll("[data-submit]")) {
    slide.addEventListener("input", () => say(slide.closest("label").querySelector("output"), slide.value));
    slide.addEventListener("change", () => slide.form.requestSubmit());
  }
}

// j and k walk through the stories, / goes to the words.
function keys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "/") { const words = document.querySelector("#words"); if (words) { event.preventDefault(); words.focus(); } return; }
    if (event.key !== "j" && event.key !== "k") return;
    const links = [...document.querySelectorAll("article h2 a")];
    const at = links.indexOf(document.activeElement);
    const to = links[event.key === "j" ? at + 1 : Math.max(0, at - 1)];
    if (to) to.focus();
  });
}

live(); checks(); forms(); keys();
