// Makes the participants' pages follow the room. Without it they work as well, page by page.
"use strict";
(() => {
  const EVERY = 2000, SLOWEST = 16000, PATIENCE = 12000;
  const NO_LINE = "No connection. We keep trying.";
  const NOT_SENT = "Not sent yet: no connection. It is kept here and sent again.";
  const REFUSED = "This was not taken. Look again, then send it once more.";
  const HELD = "This answer was not sent yet. Send it when you are ready.";
  const line = document.getElementById("line"), news = document.getElementById("news");
  let wait = EVERY, timer = 0, sending = null, asking = false;

  const main = () => document.getElementById("main");
  const say = (text) => { if (line.textContent !== text) line.textContent = text; };
  const form = () => main().querySelector("form[data-keep]");
  const room = () => (main().dataset.now || "").replace(/\/now$/, "") || location.pathname;

  // What somebody chose or typed and did not send outlives a pause, a reload and a broken line.
  const place = () => "room " + room() + " " + main().dataset.key;
  const memory = {
    get(key) { try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; } },
    set(key, value) { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* full */ } },
    drop(key) { try { sessionStorage.removeItem(key); } catch { /* none */ } },
  };
  const fields = (of) => [...of.elements].filter((e) => e.name && e.type !== "hidden" && e.tagName !== "BUTTON");
  const touched = (of) => fields(of).some((e) =>
    e.type === "radio" ? e.checked !== e.defaultChecked : e.value !== e.defaultValue);

  function remember(unsent) {
    const own = form();
    if (!own) return;
    if (!unsent && !touched(own)) { memory.drop(place()); return; }
    const kept = { unsent: Boolean(unsent) };
    for (const e of fields(own)) if (e.type !== "radio" || e.checked) kept[e.name] = e.value;
    memory.set(place(), kept);
  }

  function recall() {
    const own = form(), kept = own && memory.get(place());
    if (!kept) return;
    for (const e of fields(own)) {
      if (!(e.name in kept)) continue;
      if (e.type === "radio") e.checked = e.value === kept[e.name]; else e.value = kept[e.name];
      const fold = e.closest("details");
      if (fold && e.value) fold.open = true;
    }
    if (kept.unsent) say(HELD);
  }

  function forget() {
    try {
      for (const key of Object.keys(sessionStorage)) if (key.startsWith("room " + room() + " ")) sessionStorage.removeItem(key);
    } catch { /* none */ }
  }

  async function fetched(address, options) {
    const stop = new AbortController(), alarm = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(address, { ...options, signal: stop.signal, cache: "no-store", credentials: "same-origin" });
      if (answer.status >= 500) throw new Error(String(answer.status));
      return { status: answer.status, text: answer.status === 304 ? "" : await answer.text() };
    } finally { clearTimeout(alarm); }
  }

  const part = (text) => new DOMParser().parseFromString(text, "text/html").getElementById("main");

  function local(of) {
    for (const at of of.querySelectorAll("time[datetime]"))
      at.textContent = new Date(at.dateTime).toLocaleString("en-GB", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
  }

  function show(next, moved) {
    local(next);
    const old = main(), same = old.dataset.key === next.dataset.key;
    if (same && !moved && old.innerHTML === next.innerHTML) {
      Object.assign(old.dataset, next.dataset);
      return;
    }
    const focus = document.activeElement, id = focus && focus.id, at = focus && focus.selectionStart;
    const inside = old.contains(focus);
    old.replaceWith(document.adoptNode(next));
    document.title = next.dataset.title;
    if (next.dataset.url && next.dataset.url !== location.pathname + location.search) history.replaceState(null, "", next.dataset.url);
    recall();
    const again = same && !moved && id ? document.getElementById(id) : null;
    if (again && inside) {
      again.focus({ preventScroll: true });
      if (typeof at === "number") again.setSelectionRange(at, at);
    } else if (!same || moved) {
      scrollTo(0, 0);
      const heading = next.querySelector(".notice") || next.querySelector("h1");
      if (moved || inside) {
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      } else news.textContent = heading.textContent;
    }
    if (!next.dataset.now && next.dataset.key !== "join") forget();
  }

  async function look(address, moved) {
    remember();
    const answer = await fetched(address, { headers: { "Room-Part": "main" } });
    const next = part(answer.text);
    if (!next) throw new Error("no page");
    say("");
    show(next, moved);
  }

  function later(soon) {
    clearTimeout(timer);
    if (document.hidden || !main().dataset.now) return;
    timer = setTimeout(ask, soon ? 0 : wait * (0.8 + 0.4 * Math.random()));
  }

  async function ask() {
    if (asking || sending) { later(); return; }
    asking = true;
    try {
      const seen = main().dataset.version;
      const answer = await fetched(main().dataset.now, { headers: { "If-None-Match": `W/"${seen}"` } });
      if (sending) return;
      if (answer.status !== 304 && answer.text.trim() !== seen) await look(location.href);
      else if (line.textContent === NO_LINE) say("");
      wait = EVERY;
    } catch {
      if (!sending) say(NO_LINE);
      wait = Math.min(SLOWEST, wait * 2);
    } finally {
      asking = false;
      later();
    }
  }

  async function send(own, button) {
    if (sending) { if (sending.form === own) sending.again(); return; }
    const label = button.textContent, job = { form: own, again: () => {} };
    sending = job;
    button.setAttribute("aria-disabled", "true");
    button.textContent = "Sending …";
    try {
      for (let pause = 1000; ; pause = Math.min(SLOWEST / 2, pause * 2)) {
        const body = new URLSearchParams(new FormData(own));
        if (button.name) body.set(button.name, button.value);
        try {
          const answer = await fetched(own.action, { method: "POST", body, headers: { "Room-Part": "main" } });
          const next = part(answer.text);
          if (!next) { say(REFUSED); return; }
          memory.drop(place());
          sending = null;
          say("");
          show(next, true);
          if (tabs) tabs.postMessage(room());
          return;
        } catch {
          remember(true);
          say(NOT_SENT);
          button.textContent = "Try again now";
          button.removeAttribute("aria-disabled");
          await new Promise((go) => { job.again = go; setTimeout(go, pause); });
          if (!own.isConnected) return;
          button.textContent = "Sending …";
          button.setAttribute("aria-disabled", "true");
        }
      }
    } finally {
      if (sending === job) sending = null;
      button.textContent = label;
      button.removeAttribute("aria-disabled");
      later();
    }
  }

  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    event.preventDefault();
    send(event.target, event.submitter || event.target.querySelector("button"));
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("main a");
    if (!link || link.hasAttribute("download") || event.metaKey || event.ctrlKey || event.shiftKey || event.button || !main().dataset.now) return;
    event.preventDefault();
    if (!sending) look(link.href, true).then(() => later(), () => say(NO_LINE));
  });
  document.addEventListener("input", () => { if (!sending) remember(); });
  document.addEventListener("visibilitychange", () => later(true));
  addEventListener("pageshow", (event) => { if (event.persisted) later(true); });
  addEventListener("online", () => { wait = EVERY; if (sending) sending.again(); else later(true); });
  addEventListener("offline", () => { if (!sending) say(NO_LINE); });
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("room") : null;
  if (tabs) tabs.onmessage = (event) => { if (event.data === room() && !sending) look(location.href).catch(() => {}); };
  local(main());
  recall();
  later();
})();
