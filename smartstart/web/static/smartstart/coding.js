// Coding with mouse and keyboard. Without this script one codes sentence by sentence on its own page.
// Draws a sentence in the same way as smartstart/web/voices/marking.py.
(() => {
  "use strict";
  const sheet = document.querySelector("[data-sheet]");
  if (!sheet) return;

  const all = [...sheet.querySelectorAll(".ss-sentence")];
  const codings = JSON.parse(document.getElementById("codings").textContent);
  const keys = [...document.querySelectorAll("[data-number]")];
  const names = new Map(keys.map((key) => [Number(key.dataset.number), key.dataset.name]));
  const piece = document.getElementById("piece");
  const live = document.getElementById("said");
  const form = document.getElementById("code-form");
  const codeField = form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "code" }));
  const said = sheet.dataset;
  let picked = null; // {start, end} in characters of the whole text
  let chosen = null; // a coding
  let anchor = -1; // sentence from which shift-arrow extends
  let here = -1;

  // Characters are counted as the server does: by code point, without the numbers of codes.
  const length = (words) => [...words].length;
  const textsIn = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("sup")) found.push(walker.currentNode);
    return found;
  };
  const words = (sentence) => textsIn(sentence).map((node) => node.data).join("");
  const startOf = (sentence) => Number(sentence.dataset.at);
  const endOf = (sentence) => startOf(sentence) + length(words(sentence));
  const wordsBetween = (start, end) =>
    touching({ start, end })
      .map((one) => [...words(one)].slice(Math.max(0, start - startOf(one)), end - startOf(one)).join(""))
      .join(" ");

  function touching({ start, end }) {
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (startOf(all[middle]) <= start) low = middle + 1;
      else high = middle;
    }
    const found = [];
    for (let place = Math.max(0, low - 1); place < all.length && startOf(all[place]) < end; place++) {
      if (endOf(all[place]) > start) found.push(all[place]);
    }
    return found;
  }

  function positionIn(sentence, node, offset) {
    const range = document.createRange();
    range.setStart(sentence, 0);
    range.setEnd(node, offset);
    const before = range.cloneContents();
    for (const sup of before.querySelectorAll("sup")) sup.remove();
    return startOf(sentence) + length(before.textContent);
  }

  function selected() {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!sheet.contains(range.commonAncestorContainer)) return null;
    const touched = all.filter((sentence) => range.intersectsNode(sentence));
    if (!touched.length) return null;
    const [first, last] = [touched[0], touched[touched.length - 1]];
    let start = first.contains(range.startContainer)
      ? positionIn(first, range.startContainer, range.startOffset) : startOf(first);
    let end = last.contains(range.endContainer)
      ? positionIn(last, range.endContainer, range.endOffset) : endOf(last);
    const letters = [...words(first)];
    while (start < end && start - startOf(first) < letters.length && /\s/.test(letters[start - startOf(first)])) start++;
    const tail = [...words(last)];
    while (end > start && end > startOf(last) && /\s/.test(tail[end - startOf(last) - 1])) end--;
    return start < end ? { start, end } : null;
  }

  // Drawing --------------------------------------------------------------------------------------

  function element(coding) {
    const mark = document.createElement("mark");
    mark.className = `ss-code ss-code--${((coding.number - 1) % 9) + 1}`;
    if (chosen && chosen.id === coding.id) mark.classList.add("ss-code--chosen");
    mark.dataset.coding = coding.id;
    return mark;
  }

  function number(coding) {
    const sup = document.createElement("sup");
    const link = document.createElement("a");
    link.href = `?piece=${coding.id}#c${coding.id}`;
    link.id = `c${coding.id}`;
    link.setAttribute("aria-label", `${coding.number} ${names.get(coding.number)}`);
    link.textContent = coding.number;
    sup.append(link);
    return sup;
  }

  function changedNames(sentence) {
    const found = [];
    for (const span of sentence.querySelectorAll(".ss-pseudonym")) {
      const start = positionIn(sentence, span, 0);
      const before = found[found.length - 1];
      const end = start + length(words(span));
      if (before && before.end === start) before.end = end;
      else found.push({ start, end, make: () => Object.assign(document.createElement("span"), { className: "ss-pseudonym" }) });
    }
    return found;
  }

  function draw(sentence) {
    const [from, until, letters] = [startOf(sentence), endOf(sentence), [...words(sentence)]];
    const strips = codings
      .map((coding) => ({ start: coding.start, end: coding.end, make: () => element(coding), mark: () => number(coding) }))
      .concat(changedNames(sentence))
      .filter((strip) => strip.start < until && strip.end > from)
      .sort((one, other) => one.start - other.start || other.end - one.end);
    const edges = [...new Set([from, until, ...strips.flatMap((strip) => [strip.start, strip.end])])]
      .filter((edge) => edge >= from && edge <= until).sort((one, other) => one - other);
    const root = document.createDocumentFragment();
    let open = []; // [strip, its element]
    const close = (kept, at) => {
      for (const [strip, made] of open.splice(kept).reverse()) if (strip.mark && strip.end <= at) made.append(strip.mark());
    };
    for (let place = 0; place + 1 < edges.length; place++) {
      const [a, b] = [edges[place], edges[place + 1]];
      const active = strips.filter((strip) => strip.start <= a && strip.end >= b);
      let kept = 0;
      while (kept < open.length && open[kept][0] === active[kept]) kept++;
      close(kept, a);
      for (const strip of active.slice(kept)) {
        const made = strip.make();
        (open.length ? open[open.length - 1][1] : root).append(made);
        open.push([strip, made]);
      }
      (open.length ? open[open.length - 1][1] : root).append(letters.slice(a - from, b - from).join(""));
    }
    close(0, until);
    sentence.replaceChildren(root);
  }

  function counts() {
    for (const key of keys) {
      const count = key.querySelector("[data-count]");
      const own = codings.filter((coding) => coding.number === Number(key.dataset.number));
      if (count) count.textContent = own.length;
    }
  }

  // Saying and saving ----------------------------------------------------------------------------

  const say = (sentence) => { live.textContent = sentence; };
  const filled = (pattern, ...values) => values.reduce((text, value) => text.replace("%s", () => value), pattern);
  const called = (coding) => `${coding.number} ${names.get(coding.number)}`;

  // Anything but our short answer (signed out, refused, store away) is shown as the page it is:
  // the form is then sent as a browser does, and what was typed comes back with it.
  async function send(which) {
    try {
      const answer = await fetch(which.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(which)),
        headers: { "HX-Request": "true" },
        redirect: "error",
      });
      if (answer.ok && answer.headers.get("Content-Type") === "application/json") return await answer.json();
    } catch (error) {
      if (!navigator.onLine) {
        say(said.saidOffline);
        return null;
      }
    }
    which.submit();
    return null;
  }

  function saved(answer, sentence) {
    const badge = document.getElementById("saved");
    badge.hidden = false;
    badge.querySelector("[data-words]").textContent = filled(said.saidSaved, answer.saved);
    say(`${sentence} ${filled(said.saidSaved, answer.saved)}`);
  }

  async function code(key) {
    const place = picked ?? chosen;
    if (key.tagName !== "BUTTON") return undefined;
    if (!place) return say(said.saidFirst);
    const there = codings.find((one) =>
      one.start === place.start && one.end === place.end && one.number === Number(key.dataset.number));
    if (there) return choose(there);
    form.elements.start.value = place.start;
    form.elements.end.value = place.end;
    codeField.value = key.dataset.code;
    const answer = await send(form);
    if (!answer) return undefined;
    const made = { id: answer.coding, start: place.start, end: place.end, number: Number(key.dataset.number), memo: false };
    codings.push(made);
    choose(made, { silent: true });
    counts();
    return saved(answer, filled(said.saidCoded, called(made)));
  }

  async function remove(coding) {
    const which = document.getElementById("remove-form");
    if (!which) return;
    which.elements.coding.value = coding.id;
    const answer = await send(which);
    if (!answer) return;
    codings.splice(codings.indexOf(coding), 1);
    chosen = null;
    touching(coding).forEach(draw);
    piece.hidden = true;
    counts();
    saved(answer, filled(said.saidRemoved, called(coding)));
  }

  function choose(coding, { silent = false } = {}) {
    clearTimeout(settling);
    const before = chosen;
    chosen = coding;
    if (before) touching(before).forEach(draw);
    touching(coding).forEach(draw);
    picked = null;
    window.getSelection().removeAllRanges();
    show(coding);
    if (!silent) say(filled(said.saidChosen, called(coding), wordsBetween(coding.start, coding.end)));
  }

  async function show(coding) {
    piece.hidden = false;
    if (coding.memo) {
      const answer = await fetch(`?piece=${coding.id}`, { headers: { "HX-Request": "true", "HX-Target": "piece" } });
      if (answer.ok && chosen === coding) piece.innerHTML = await answer.text();
      return;
    }
    piece.querySelector("[data-piece-words]").textContent = wordsBetween(coding.start, coding.end);
    const tag = piece.querySelector("[data-piece-code]");
    tag.className = `ss-code ss-code-tag ss-code--${((coding.number - 1) % 9) + 1}`;
    tag.textContent = called(coding);
    const key = keys.find((one) => Number(one.dataset.number) === coding.number);
    const about = { coding: coding.id, code: key.dataset.code, start: coding.start, end: coding.end };
    for (const [name, value] of Object.entries(about)) {
      for (const field of piece.querySelectorAll(`[name=${name}]`)) field.value = value;
    }
    const memo = piece.querySelector("[name=memo]");
    if (memo) memo.value = "";
  }

  // Mouse ----------------------------------------------------------------------------------------

  document.addEventListener("mouseup", (event) => {
    if (!sheet.contains(event.target) && !sheet.contains(window.getSelection().anchorNode)) return;
    const found = selected();
    if (!found) return;
    picked = found;
    sheet.focus({ preventScroll: true });
    say(filled(said.saidPicked, wordsBetween(found.start, found.end)));
  });

  sheet.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-coding]");
    if (event.target.closest("sup a")) event.preventDefault();
    if (!mark && !selected()) picked = null;
    if (!mark || selected()) return;
    choose(codings.find((coding) => coding.id === mark.dataset.coding));
  });

  // On a phone text is selected without a mouse: with a finger held down, and two handles.
  let settling = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(settling);
    settling = setTimeout(() => { picked = selected() ?? picked; }, 200);
  });

  for (const key of keys) {
    key.addEventListener("mousedown", (event) => event.preventDefault()); // keeps what is selected
    key.addEventListener("click", (event) => {
      event.preventDefault();
      code(key);
    });
  }

  document.addEventListener("submit", async (event) => {
    const which = event.target;
    if (which.id === "remove-form" && chosen) {
      event.preventDefault();
      remove(chosen);
    } else if (which.id === "memo-form" && chosen) {
      event.preventDefault();
      const coding = chosen;
      const answer = await send(which);
      if (answer) {
        coding.memo = which.elements.memo.value.trim() !== "";
        saved(answer, said.saidMemo);
      }
    }
  }, true);

  // Keyboard: works while the text has the focus -----------------------------------------------------

  function go(place, extend) {
    if (place < 0 || place >= all.length) return;
    if (here >= 0) all[here].removeAttribute("aria-current");
    here = place;
    if (!extend || anchor < 0) anchor = place;
    const [first, last] = [Math.min(anchor, here), Math.max(anchor, here)];
    all[here].setAttribute("aria-current", "true");
    all[here].scrollIntoView({ block: "nearest" });
    picked = { start: startOf(all[first]), end: endOf(all[last]) };
    window.getSelection().setBaseAndExtent(all[first], 0, all[last], all[last].childNodes.length);
    const codes = onHere().map(called).join(", ");
    const paragraph = all[here].closest("[data-paragraph]").dataset.paragraph;
    say(`${paragraph}. ${words(all[here])} ${codes ? filled(said.saidCodes, codes) : ""}`);
  }

  const onHere = () => (here < 0 ? [] : codings
    .filter((coding) => coding.start < endOf(all[here]) && coding.end > startOf(all[here])));

  function next() {
    const found = onHere();
    if (found.length) choose(found[(found.indexOf(chosen) + 1) % found.length]);
  }

  const deeds = {
    ArrowDown: (event) => go(here + 1, event.shiftKey),
    ArrowUp: (event) => go(here - 1, event.shiftKey),
    Enter: () => next(),
    Delete: () => {
      const [only, second] = onHere();
      if (chosen ?? (!second && only)) remove(chosen ?? only);
      else if (second) next();
    },
    Escape: () => {
      picked = null;
      window.getSelection().removeAllRanges();
    },
  };

  sheet.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("a")) return;
    const key = /^[1-9]$/.test(event.key) && keys.find((one) => one.dataset.number === event.key);
    const deed = key ? () => code(key) : deeds[event.key];
    if (!deed) return;
    event.preventDefault();
    deed(event);
  });

  for (const only of document.querySelectorAll("[data-with-script]")) only.hidden = false;
  for (const only of document.querySelectorAll("[data-without-script]")) only.hidden = true;
})();
