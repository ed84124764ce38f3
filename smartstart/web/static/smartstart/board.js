// A board on a phone and on the large screen. A step is kept on this phone until the house says
// that it is stored; then it is thrown away here. Without script the same steps are plain forms.
(() => {
  "use strict";

  const screen = document.querySelector("[data-screen]");
  if (screen) watchScreen(screen);
  const board = document.querySelector("[data-board]");
  if (board) take(board);

  // The large screen hears numbers only and asks its page for the wall.
  function watchScreen(at) {
    let asked = 0;
    let heard = Number(at.dataset.from);
    let shown = heard;
    const ask = () => {
      if (shown >= heard || asked) return;
      asked = heard;
      window.htmx
        .ajax("GET", window.location.pathname, { target: "#wall", swap: "outerHTML" })
        .then(() => (shown = asked), () => {})
        .then(() => {
          asked = 0;
          window.setTimeout(ask, 400);
        });
    };
    const source = new EventSource(at.dataset.live);
    source.onmessage = (event) => {
      heard = Math.max(heard, JSON.parse(event.data).number);
      ask();
    };
    source.addEventListener("over", () => source.close());
  }

  function take(at) {
    const key = `board:${at.dataset.board}:`;
    const client = reference();
    const notes = new Map(); // as the house told
    const votes = new Map();
    let known = 0;
    let counter = 0;
    let told = { open: false, counted: false, locked: false, ends: null };
    let over = false;
    let sending = false;
    let heardAt = 0;
    let source = null;
    let lost = false; // a line that broke may leave a stream that looks open
    const form = at.querySelector("[data-write]");
    const secret = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const word = (name) => at.querySelector(`[data-word="${name}"]`).textContent;
    const line = at.querySelector("[data-line]");
    const say = (name) => {
      if (line.textContent !== word(name)) line.textContent = word(name);
    };

    // What waits: one entry of the phone's own store per step, so that two tabs do not clash.
    const waiting = () => {
      const found = [];
      for (let index = 0; index < localStorage.length; index += 1) {
        const name = localStorage.key(index);
        if (name.startsWith(key)) found.push([name, JSON.parse(localStorage.getItem(name))]);
      }
      return found.sort((one, two) => one[1].at - two[1].at || one[1].counter - two[1].counter);
    };
    const step = (field, note, value = "", more = {}) => {
      counter += 1;
      const kept = { client, counter, field, note, value, at: Date.now(), ...more };
      localStorage.setItem(`${key}${client}:${counter}`, JSON.stringify(kept));
      draw();
      send();
    };

    async function send() {
      if (sending || over) return;
      sending = true;
      let pause = 0;
      try {
        for (const [name, kept] of waiting().filter(([, row]) => !row.refused)) {
          const verdict = await post(kept);
          if (verdict === "stored") localStorage.removeItem(name);
          else if (verdict === "refused") localStorage.setItem(name, JSON.stringify({ ...kept, refused: true }));
          else {
            pause = 2000;
            break;
          }
        }
      } finally {
        sending = false;
      }
      draw();
      if (pause) window.setTimeout(send, pause);
      else if (waiting().some(([, row]) => !row.refused)) send();
    }

    // "stored", "refused" (the house will never take it), or "later": no line, locked, restarting.
    async function post(kept) {
      const body = new URLSearchParams({ csrfmiddlewaretoken: secret });
      for (const name of ["client", "counter", "field", "note", "value", "column", "base"])
        if (kept[name] !== undefined) body.set(name, kept[name]);
      try {
        const answer = await fetch(at.dataset.step, {
          method: "POST",
          body,
          headers: { Accept: "application/json" },
          signal: AbortSignal.timeout(10000),
        });
        if (answer.ok) {
          say("online");
          if (lost) ask();
          settle(kept, (await answer.json()).number);
          return "stored";
        }
        return answer.status === 422 || answer.status === 409 ? "refused" : "later";
      } catch {
        lost = true;
        say("offline");
        return "later";
      }
    }

    // What was stored stands here at once; the stream tells the same again.
    function settle(kept, number) {
      const row = notes.get(kept.note);
      if (kept.field === "write") {
        const seen = (kept.base || "").split(",").map(Number);
        const left = (row?.texts || []).filter(([at]) => !seen.includes(at) && at !== number);
        notes.set(kept.note, {
          ...(row || { note: kept.note, mine: true, gone: "", column: kept.column || "", into: "" }),
          texts: [...left, [number, kept.value]],
        });
      } else if (kept.field === "vote") votes.set(kept.note, Number(kept.value));
      else if (row && kept.field === "remove") row.gone = "removed";
      else if (row && kept.field === "restore") row.gone = "";
    }

    function hear(news) {
      heardAt = Date.now();
      if (news.over) {
        over = true;
        source?.close();
        say("over");
        form.hidden = true;
        return;
      }
      if (news.number < known) return;
      known = news.number;
      told = news;
      for (const note of news.notes) notes.set(note.note, note);
      if (!news.open) for (const [id, note] of notes) if (!note.mine) notes.delete(id);
      for (const [id, value] of Object.entries(news.votes)) votes.set(id, value);
      say("online");
      draw();
      send();
    }

    // Drawing: rows are made once and filled again, so that a finger does not miss a button. -----
    const blank = at.querySelector("template[data-note]");
    const places = { true: at.querySelector("[data-mine]"), false: at.querySelector("[data-others]") };
    const changing = new Set();

    function draw() {
      at.querySelector("[data-wall]").hidden = !told.open;
      at.querySelector("[data-covered]").hidden = told.open;
      at.querySelector("[data-state]").hidden = !told.locked;
      const rows = merged();
      for (const place of Object.values(places))
        for (const child of [...place.children]) if (!rows.has(child.dataset.id)) child.remove();
      for (const row of rows.values()) fill(rowOf(row), row);
    }

    // The notes as the house told them, with what still waits laid over them.
    function merged() {
      const rows = new Map();
      for (const note of notes.values())
        if (note.mine || (told.open && !note.gone)) rows.set(note.note, { ...note, state: note.mine ? "saved" : "" });
      for (const [, kept] of waiting()) {
        const state = kept.refused ? "refused" : "waiting";
        const row = rows.get(kept.note);
        if (kept.field === "write") {
          const seen = (kept.base || "").split(",").map(Number);
          const left = (row?.texts || []).filter(([number]) => !seen.includes(number));
          rows.set(kept.note, {
            ...(row || { note: kept.note, mine: true, gone: "" }),
            texts: [...left, [0, kept.value]],
            state,
          });
        } else if (row) rows.set(kept.note, { ...row, state });
      }
      return rows;
    }

    function rowOf(row) {
      const place = places[row.mine];
      let found = [...place.children].find((child) => child.dataset.id === row.note);
      if (!found) {
        found = blank.content.firstElementChild.cloneNode(true);
        found.dataset.id = row.note;
        place.prepend(found);
      }
      return found;
    }

    function fill(into, row) {
      const shape = JSON.stringify([row, votes.get(row.note), told.counted]);
      if (into.dataset.shape === shape || changing.has(row.note)) return;
      into.dataset.shape = shape;
      const texts = (row.texts || []).map(([, words]) => paragraph(words, "ss-board__text"));
      if (texts.length > 1) texts.push(paragraph(word("both"), "ss-soft"));
      into.querySelector("[data-texts]").replaceChildren(...texts);
      into.querySelector("[data-told]").textContent = row.gone
        ? word(row.gone)
        : row.state ? word(row.state) : "";
      into.querySelector("[data-told]").dataset.told = row.gone || row.state || "";
      into.querySelector("[data-deeds]").replaceChildren(...deeds(into, row));
    }

    function deeds(into, row) {
      const found = [];
      const add = (words, deed) => found.push(button(words, deed));
      if (row.mine && row.gone === "removed") add(word("restore"), () => step("restore", row.note));
      if (row.gone) return found;
      if (row.mine || at.dataset.shares === "yes") add(word("change"), () => change(into, row));
      if (row.mine) add(word("remove"), () => step("remove", row.note));
      const mine = votes.get(row.note) || 0;
      const choices = told.counted || row.state === "waiting" ? [] : at.querySelectorAll("[data-vote]");
      for (const choice of choices)
        if (Number(choice.dataset.vote) !== mine)
          add(choice.textContent, () => step("vote", row.note, choice.dataset.vote));
      if (mine && choices.length) add(word("unvote"), () => step("vote", row.note, "0"));
      return found;
    }

    function change(into, row) {
      const box = document.createElement("textarea");
      box.className = "utrecht-textarea utrecht-textarea--html-textarea";
      box.maxLength = 1000;
      box.dir = "auto";
      box.value = row.texts.map(([, words]) => words).join("\n");
      box.setAttribute("aria-label", word("change"));
      changing.add(row.note);
      into.querySelector("[data-texts]").replaceChildren(box);
      into.querySelector("[data-deeds]").replaceChildren(
        button(word("keep"), () => {
          changing.delete(row.note);
          const base = row.texts.map(([number]) => number).join(",");
          if (box.value.trim()) step("write", row.note, box.value, { base, column: row.column || "" });
          else draw();
        }),
      );
      box.focus();
    }

    function button(words, deed) {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "nl-button nl-button--secondary nl-button--small";
      made.textContent = words;
      made.addEventListener("click", deed);
      return made;
    }

    function paragraph(words, kind) {
      const made = document.createElement("p");
      made.className = kind;
      made.dir = "auto";
      made.textContent = words;
      return made;
    }

    // The line: a stream, and asking again when the stream stays silent. --------------------------
    function listen() {
      source = new EventSource(`${at.dataset.live}?since=${known}`, { withCredentials: true });
      source.onmessage = (event) => hear(JSON.parse(event.data));
      source.addEventListener("over", (event) => hear(JSON.parse(event.data)));
    }
    async function ask() {
      if (over || (!lost && source?.readyState === EventSource.OPEN && heardAt)) return;
      try {
        const answer = await fetch(`${at.dataset.news}?since=${known}`, { signal: AbortSignal.timeout(10000) });
        if (answer.ok) {
          if (lost) source?.close();
          lost = false;
          hear(await answer.json());
        } else if (answer.status === 410) hear({ over: true });
      } catch {
        say("offline");
      }
      if (source?.readyState === EventSource.CLOSED && !over) listen();
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const box = form.querySelector("[name=value]");
      if (!box.value.trim()) return;
      step("write", reference(), box.value, { column: form.querySelector("[name=column]")?.value || "" });
      box.value = "";
      box.focus();
    });
    window.addEventListener("online", send);
    window.setInterval(ask, 3000);
    window.setInterval(clock, 1000);
    function clock() {
      const place = at.querySelector("[data-clock]");
      const left = told.ends ? Math.ceil((told.ends * 1000 - Date.now()) / 60000) : null;
      place.hidden = left === null;
      if (left !== null) place.textContent = left > 0 ? `${left} ${word("left")}` : word("ended");
    }
    for (const place of Object.values(places)) place.replaceChildren();
    listen();
    ask();
    send();
  }

  // A reference that nobody else makes; also where a page without https has no randomUUID.
  function reference() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return text.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
  }
})();
