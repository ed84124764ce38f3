// A board on a phone and on the large screen. A step is kept on this phone until the house says
// that it is stored; then it is thrown away here. Without script the same steps are plain forms.
(() => {
  "use strict";

  const screen = document.querySelector("[data-screen]");
  if (screen) watchScreen(screen);
  const board = document.querySelector("[data-board]");
  if (board && keeps()) take(board);
  const left = document.querySelector("[data-left]");
  if (left && keeps()) showLeft(left);

  // Whether this browser lets the page keep anything; if not, the plain forms do all the work.
  function keeps() {
    try {
      localStorage.setItem("board", "");
      localStorage.removeItem("board");
      return true;
    } catch {
      return false;
    }
  }

  // The steps that wait on this phone for one board, oldest first.
  function waitingFor(key) {
    const found = [];
    for (let index = 0; index < localStorage.length; index += 1) {
      const name = localStorage.key(index);
      if (name.startsWith(key)) found.push([name, JSON.parse(localStorage.getItem(name))]);
    }
    return found.sort((one, two) => one[1].at - two[1].at || one[1].counter - two[1].counter);
  }

  // A board that closed before everything was stored: what this phone still holds is shown.
  function showLeft(at) {
    const steps = waitingFor(`board:${at.dataset.left}:`).map(([, kept]) => kept);
    const words = steps.filter(({ field }) => field === "write" || field === "group");
    at.hidden = !words.length;
    at.querySelector("ul").replaceChildren(
      ...words.map(({ value }) => {
        const row = document.createElement("li");
        row.className = "ss-card";
        row.append(paragraph(value, "ss-board__text"));
        return row;
      }),
    );
  }

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
    // Closed, or withdrawn: what stands there goes, and the screen looks whether it opens again.
    const listen = () => {
      const source = new EventSource(at.dataset.live);
      source.onmessage = (event) => {
        heard = Math.max(heard, JSON.parse(event.data).number);
        ask();
      };
      source.addEventListener("over", () => {
        source.close();
        heard += 1;
        ask();
        if (!gone) window.setTimeout(listen, 5000);
      });
    };
    let gone = false;
    document.body.addEventListener("htmx:responseError", (event) => {
      if (event.detail.xhr.status >= 500) return;
      gone = true;
      at.querySelector("#wall").replaceChildren();
    });
    listen();
  }

  function take(at) {
    const key = `board:${at.dataset.board}:`;
    const client = reference();
    const notes = new Map(); // as the house told
    const votes = new Map();
    const failed = new Set(); // notes of which the last tap was not taken
    const elements = new Map(); // what is drawn, by note
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
    // Nor does a step go out under who writes on this device after it.
    const me = at.dataset.me;
    const waiting = () => waitingFor(key).filter(([, kept]) => !kept.me || kept.me === me);
    at.querySelector("[data-other]").addEventListener("click", (event) => {
      if (!waiting().some(([, kept]) => !kept.refused)) return;
      event.preventDefault();
      say("offline");
    });
    const step = (field, note, value = "", more = {}) => {
      const refused = waiting().filter(([, row]) => row.refused && row.note === note);
      counter += 1;
      failed.delete(note);
      if (field !== "remove" || notes.has(note) || !refused.length) {
        const kept = { me, client, counter, field, note, value, at: Date.now(), ...more };
        localStorage.setItem(`${key}${client}:${counter}`, JSON.stringify(kept));
      }
      // Words that were not taken go once they are written anew, or taken away.
      if (field === "write" || field === "remove")
        for (const [name] of refused) localStorage.removeItem(name);
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
          else if (verdict === "refused") refuse(name, kept);
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

    // Words that are not taken stay on the phone; a tap that is not taken is only told.
    function refuse(name, kept) {
      if (["write", "group"].includes(kept.field)) {
        localStorage.setItem(name, JSON.stringify({ ...kept, refused: true }));
      } else {
        localStorage.removeItem(name);
        failed.add(kept.note);
      }
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
        if (answer.status === 410) hear({ over: true });
        return answer.status === 422 || answer.status === 409 ? "refused" : "later";
      } catch {
        lost = true;
        say("offline");
        return "later";
      }
    }

    // What was stored stands here at once, unless the stream told already how it stands since.
    function settle(kept, number) {
      if (number <= known) return;
      const row = notes.get(kept.note);
      if (kept.field === "write") {
        const seen = (kept.base || "").split(",").map(Number);
        const left = (row?.texts || []).filter(([at]) => !seen.includes(at) && at !== number);
        notes.set(kept.note, {
          ...(row || { note: kept.note, mine: true, gone: "", column: kept.column || "", into: "" }),
          texts: [...left, [number, kept.value]],
        });
      } else if (kept.field === "vote") votes.set(kept.note, Number(kept.value));
      else if (kept.field === "group") notes.set(kept.note, newGroup(kept, number));
      else if (row && kept.field === "into") row.into = kept.value;
      else if (row && kept.field === "place") row.column = kept.value;
      else if (row && kept.field === "remove") row.gone = "removed";
      else if (row && kept.field === "restore") row.gone = "";
    }

    function newGroup(kept, number) {
      return { note: kept.note, mine: true, gone: "", group: true, into: "", texts: [[number, kept.value]] };
    }

    function hear(news) {
      heardAt = Date.now();
      if (news.over) {
        over = true;
        source?.close();
        say("over");
        form.hidden = true;
        for (const [id, note] of notes) if (!note.mine) notes.delete(id);
        told = { ...told, open: false, tally: null, ends: null };
        draw();
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
    const blankGroup = at.querySelector("template[data-group]");
    const places = { true: at.querySelector("[data-mine]"), false: at.querySelector("[data-others]") };
    const groups = at.querySelector("[data-groups]");
    const placesOf = at.querySelectorAll("[data-place-of]");
    const changing = new Set();
    let choosing = null;

    function draw() {
      at.querySelector("[data-wall]").hidden = !told.open;
      at.querySelector("[data-covered]").hidden = told.open || over;
      at.querySelector("[data-state]").hidden = !told.locked;
      const rows = merged();
      const held = document.activeElement?.closest("[data-id]")?.dataset.id;
      const words = document.activeElement?.textContent;
      if (choosing && changing.has(choosing.note)) offer(rows);
      const named = [...rows.values()].filter((row) => row.group && !row.gone);
      for (const [id, child] of elements) {
        const row = rows.get(id);
        if (row && isGroup(row) === child.hasAttribute("data-named")) continue;
        for (const note of child.querySelectorAll("[data-id]")) places[true].append(note);
        child.remove();
        elements.delete(id);
      }
      for (const row of named) fillGroup(row);
      for (const row of rows.values()) if (!isGroup(row)) fill(rowOf(row, rows), row);
      if (held && document.activeElement === document.body) hold(elements.get(held), words);
    }

    // Who walks by keyboard stays at the note, also when its buttons were drawn anew.
    function hold(element, words) {
      const buttons = [...(element?.querySelector("[data-deeds]").querySelectorAll("button") || [])];
      (buttons.find((one) => one.textContent === words) || buttons[0])?.focus();
    }
    const isGroup = (row) => Boolean(row?.group && !row.gone);

    // The notes as the house told them, with what still waits laid over them.
    function merged() {
      const rows = new Map();
      for (const note of notes.values())
        if (note.mine || (told.open && (!note.gone || note.earlier !== undefined))) rows.set(note.note, { ...note, state: note.mine ? "saved" : "" });
      for (const [, kept] of waiting()) {
        const state = kept.refused || over ? "refused" : "waiting";
        const row = rows.get(kept.note);
        if (kept.field === "write") {
          const seen = (kept.base || "").split(",").map(Number);
          const left = (row?.texts || []).filter(([number]) => !seen.includes(number));
          rows.set(kept.note, {
            ...(row || { note: kept.note, mine: true, gone: "", column: kept.column || "" }),
            texts: [...left, [0, kept.value]],
            state,
          });
        } else if (kept.field === "group") rows.set(kept.note, { ...newGroup(kept, 0), state });
        else if (row && kept.field === "into") rows.set(kept.note, { ...row, into: kept.value, state });
        else if (row && kept.field === "place") rows.set(kept.note, { ...row, column: kept.value, state });
        else if (row) rows.set(kept.note, { ...row, state });
      }
      for (const note of failed) if (rows.has(note)) rows.set(note, { ...rows.get(note), state: "refused" });
      return rows;
    }

    // Where a note stands: in its group, else with mine or with those of others.
    function rowOf(row, rows) {
      const group = isGroup(rows.get(row.into)) && !row.gone ? rows.get(row.into) : null;
      const place = group ? elements.get(group.note).querySelector("[data-in]") : places[row.mine];
      const found = elementOf(row, blank);
      if (found.parentElement !== place) place.prepend(found);
      return found;
    }
    function elementOf(row, from) {
      if (!elements.has(row.note)) {
        const made = from.content.firstElementChild.cloneNode(true);
        made.dataset.id = row.note;
        elements.set(row.note, made);
      }
      return elements.get(row.note);
    }

    function fillGroup(row) {
      const found = elementOf(row, blankGroup);
      if (!found.parentElement) groups.prepend(found);
      const shape = JSON.stringify([row, over]);
      if (found.dataset.shape === shape || changing.has(row.note)) return;
      found.dataset.shape = shape;
      if (over) return found.querySelector("[data-deeds]").replaceChildren();
      const name = found.querySelector("[data-name]");
      name.textContent = row.texts.map(([, words]) => words).join(" / ");
      const deeds = [];
      if (row.state && row.state !== "saved") deeds.push(paragraph(word(row.state), "ss-soft"));
      deeds.push(button(word("rename"), () => change(found, row, { most: 80 })));
      if (row.mine) deeds.push(button(word("ungroup"), () => step("remove", row.note)));
      found.querySelector("[data-deeds]").replaceChildren(...deeds);
    }

    function fill(into, row) {
      const shape = JSON.stringify([row, votes.get(row.note), told.counted, told.open, told.tally?.[row.note], over]);
      if (into.dataset.shape === shape || changing.has(row.note)) return;
      into.dataset.shape = shape;
      const texts = (row.texts || []).map(([, words]) => paragraph(words, "ss-board__text"));
      if (texts.length > 1) texts.push(paragraph(word("both"), "ss-soft"));
      into.querySelector("[data-texts]").replaceChildren(...texts);
      into.querySelector("[data-results]").replaceChildren(...(told.counted && !row.gone ? results(row) : []));
      const place = into.querySelector("[data-place]");
      place.textContent = [...placesOf].find((one) => one.dataset.placeOf === row.column)?.textContent || "";
      place.hidden = !place.textContent || Boolean(row.gone);
      const earlier = into.querySelector("[data-earlier]");
      earlier.hidden = !row.earlier || Boolean(row.gone && row.mine);
      earlier.querySelector("q").textContent = row.earlier || "";
      const given = votes.get(row.note) || 0;
      const values = [...at.querySelectorAll("[data-vote]")];
      const value = values.find((one) => Number(one.dataset.vote) === given);
      const chosen = into.querySelector("[data-chosen]");
      chosen.hidden = !value || Boolean(row.gone);
      if (value) chosen.textContent = values.length > 1 ? `${word("chose")} ${value.textContent}` : word("dot");
      into.querySelector("[data-told]").textContent = row.gone
        ? word(row.gone === "removed" && !row.mine ? "taken" : row.gone)
        : row.state ? word(row.state) : "";
      into.querySelector("[data-told]").dataset.told = row.gone || row.state || "";
      into.querySelector("[data-deeds]").replaceChildren(...deeds(into, row));
    }

    // What a note got, per role, once it was counted.
    function results(row) {
      const given = told.tally?.[row.note] || {};
      const values = [...at.querySelectorAll("[data-vote]")];
      const several = values.length > 1 && at.dataset.ranks === "0" ? values : [null];
      return several.map((value) => {
        const got = [...at.querySelectorAll("[data-group-of]")]
          .map((group) => [group.textContent, given[group.dataset.groupOf]?.[value?.dataset.vote || "1"] || 0])
          .filter(([, count]) => count);
        const all = got.reduce((sum, [, count]) => sum + count, 0);
        const parts = got.map(([words, count]) => `${words} ${count}`).join(", ");
        return paragraph(`${value ? `${value.textContent}: ` : ""}${all}${parts ? ` (${parts})` : ""}`, "ss-dots");
      });
    }

    function deeds(into, row) {
      const found = [];
      const add = (words, deed) => found.push(button(words, deed));
      if (over) return found;
      if (row.mine && row.gone === "removed") add(word("restore"), () => step("restore", row.note));
      if (row.gone) return found;
      if (row.mine || at.dataset.shares === "yes") add(word("change"), () => change(into, row));
      if (row.earlier) add(word("reword"), () => write(row, row.earlier));
      if (placesOf.length && (row.mine || at.dataset.shares === "yes")) add(word("place"), () => move(into, row));
      if (row.mine) add(word("remove"), () => step("remove", row.note));
      if (at.dataset.lies === "yes" && told.open) {
        add(word(row.into ? "elsewhere" : "group"), () => choose(into, row));
        if (row.into) add(word("out"), () => step("into", row.note, ""));
      }
      const mine = votes.get(row.note) || 0;
      const choices = told.counted || row.state === "waiting" ? [] : at.querySelectorAll("[data-vote]");
      for (const choice of choices)
        if (Number(choice.dataset.vote) !== mine)
          add(choice.textContent, () => step("vote", row.note, choice.dataset.vote));
      if (mine && choices.length) add(word("unvote"), () => step("vote", row.note, "0"));
      return found;
    }

    // Tap a note, then the place on the board where it belongs.
    function move(into, row) {
      const end = (deed, words) => {
        changing.delete(row.note);
        delete into.dataset.shape;
        deed();
        hold(into, words);
      };
      const list = document.createElement("div");
      list.className = "ss-board__choices";
      for (const one of placesOf)
        if (one.dataset.placeOf !== row.column)
          list.append(button(one.textContent, () => end(() => step("place", row.note, one.dataset.placeOf), word("place"))));
      const not = () => end(draw, word("place"));
      list.append(button(word("not"), not));
      changing.add(row.note);
      const place = into.querySelector("[data-deeds]");
      place.replaceChildren(paragraph(word("where"), "ss-board__ask"), list);
      place.onkeydown = (event) => {
        if (event.key === "Escape") not();
      };
      list.firstElementChild.focus();
    }

    // Tap a note, then a group: the groups stand in the note until one is tapped, or Escape.
    function choose(into, row) {
      const done = () => {
        changing.delete(row.note);
        delete into.dataset.shape;
        draw();
        hold(into, word("group"));
      };
      const lay = (group) => {
        changing.delete(row.note);
        step("into", row.note, group);
        hold(into, word("elsewhere"));
      };
      const list = document.createElement("div");
      list.className = "ss-board__choices";
      choosing = { note: row.note, into: row.into, list, lay };
      offer(merged());
      const box = document.createElement("input");
      box.className = "utrecht-textbox utrecht-textbox--html-input";
      box.maxLength = 80;
      box.dir = "auto";
      box.autocomplete = "off";
      box.setAttribute("aria-label", word("newgroup"));
      box.placeholder = word("newgroup");
      const made = reference();
      const make = () => {
        if (!box.value.trim()) return box.focus();
        step("group", made, box.value.trim());
        lay(made);
      };
      changing.add(row.note);
      const place = into.querySelector("[data-deeds]");
      place.replaceChildren(paragraph(word("which"), "ss-board__ask"), list, box, button(word("makegroup"), make), button(word("not"), done));
      place.onkeydown = (event) => {
        const makes = event.key === "Enter" && event.target === box;
        if (!makes && event.key !== "Escape") return;
        event.preventDefault(); // else the same key presses what gets the focus now
        if (makes) make();
        else done();
      };
      (list.firstElementChild || box).focus();
    }

    // A group that somebody else names meanwhile can be tapped too.
    function offer(rows) {
      const { into, list, lay } = choosing;
      const shape = JSON.stringify([...rows.values()].filter((row) => isGroup(row) && row.note !== into).map((row) => [row.note, row.texts]));
      if (list.dataset.shape === shape) return;
      list.dataset.shape = shape;
      list.replaceChildren(
        ...JSON.parse(shape).map(([group, texts]) =>
          button(texts.map(([, words]) => words).join(" / "), () => lay(group)),
        ),
      );
    }

    function change(into, row, { most = 1000 } = {}) {
      const box = document.createElement("textarea");
      box.className = "utrecht-textarea utrecht-textarea--html-textarea";
      box.maxLength = most;
      box.dir = "auto";
      box.value = row.texts.map(([, words]) => words).join("\n");
      box.setAttribute("aria-label", word("change"));
      changing.add(row.note);
      (into.querySelector("[data-name]") || into.querySelector("[data-texts]")).replaceChildren(box);
      into.querySelector("[data-deeds]").replaceChildren(
        button(word("keep"), () => {
          changing.delete(row.note);
          if (box.value.trim()) write(row, box.value);
          else draw();
        }),
      );
      box.focus();
    }

    // In place of the texts that stand here now.
    function write(row, words) {
      const base = row.texts.map(([number]) => number).join(",");
      step("write", row.note, words, { base, column: row.column || "" });
    }

    function button(words, deed) {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "nl-button nl-button--secondary nl-button--small";
      made.textContent = words;
      made.addEventListener("click", deed);
      return made;
    }

    // The line: a stream, and asking again when the stream stays silent. --------------------------
    function listen() {
      source = new EventSource(`${at.dataset.live}?since=${known}`, { withCredentials: true });
      source.onmessage = (event) => hear(JSON.parse(event.data));
      source.addEventListener("over", (event) => hear(JSON.parse(event.data)));
    }
    // Who has no stream asks each second: a board that closes is closed within a second for everybody.
    let asking = false;
    async function ask() {
      if (asking || over || (!lost && source?.readyState === EventSource.OPEN && heardAt)) return;
      asking = true;
      try {
        const answer = await fetch(`${at.dataset.news}?since=${known}`, { signal: AbortSignal.timeout(10000) });
        if (answer.ok) {
          if (lost) source?.close();
          lost = false;
          hear(await answer.json());
        } else if (answer.status === 410) hear({ over: true });
      } catch {
        say("offline");
      } finally {
        asking = false;
      }
      if (source?.readyState === EventSource.CLOSED && !over) listen();
    }

    const box = form.querySelector("[name=value]");
    const full = () => (form.querySelector("[data-full]").hidden = box.value.length < box.maxLength);
    form.addEventListener("input", full);
    full();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!box.value.trim()) return;
      step("write", reference(), box.value, { column: form.querySelector("[name=column]")?.value || "" });
      box.value = "";
      full();
      box.focus();
    });
    window.addEventListener("online", send);
    window.setInterval(ask, 1000);
    window.setInterval(clock, 1000);
    function clock() {
      const place = at.querySelector("[data-clock]");
      const left = told.ends ? Math.ceil((told.ends * 1000 - Date.now()) / 60000) : null;
      place.hidden = left === null;
      if (left !== null) place.textContent = left > 0 ? `${left} ${word("left")}` : word("ended");
    }
    for (const place of [...Object.values(places), groups]) place.replaceChildren();
    listen();
    ask();
    send();
  }

  function paragraph(words, kind) {
    const made = document.createElement("p");
    made.className = kind;
    made.dir = "auto";
    made.textContent = words;
    return made;
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
