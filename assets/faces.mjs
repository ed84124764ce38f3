// Drawn faces of the invented people in the example region: head, hair, shirt, one quiet smile.
// No photograph, no real person. A real photo takes their place where a person gives one.

const INK = "#2b2330";

// Hair behind the head, and hair (or a scarf, a beard) over it. `c` is its colour.
const BEHIND = {
  long: (c) => `<path d="M25 47c0-18 5-29 23-29s23 11 23 29v22c0 3-2 4-4 4H29c-2 0-4-1-4-4z" fill="${c}"/>`,
  bob: (c) => `<path d="M26 44c0-16 6-26 22-26s22 10 22 26v10c0 4-3 6-6 6H32c-3 0-6-2-6-6z" fill="${c}"/>`,
  scarf: (c) => `<path d="M24 50c0-20 6-33 24-33s24 13 24 33v30H24z" fill="${c}"/>`,
  tail: (c) => `<path d="M57 25c11-6 21 2 21 16 0 9-3 17-8 20 1-8 1-14-2-19-2-4-6-7-11-9z" fill="${c}"/>`,
  bun: (c) => `<circle cx="48" cy="14" r="8.5" fill="${c}"/>`,
  curls: (c) => `<g fill="${c}"><circle cx="48" cy="22" r="13"/><circle cx="33" cy="27" r="11"/><circle cx="63" cy="27" r="11"/><circle cx="27" cy="41" r="10"/><circle cx="69" cy="41" r="10"/><circle cx="30" cy="53" r="8"/><circle cx="66" cy="53" r="8"/></g>`,
  none: () => "",
};
const OVER = {
  parted: (c) => `<path d="M30 45c-1-16 6-24 18-24s19 8 18 24c-3-9-10-12-17-15-6 6-12 9-19 15z" fill="${c}"/>`,
  short: (c) => `<path d="M30 42c-2-14 6-22 18-22s20 8 18 22c-1-5-3-8-5-10-8 2-18 2-26 0-2 2-4 5-5 10z" fill="${c}"/>`,
  swept: (c) => `<path d="M30 41c-2-13 5-21 18-21s20 8 18 21c-2-4-4-7-8-8-9 1-18 0-22-2-3 2-5 6-6 10z" fill="${c}"/>`,
  fringe: (c) => `<path d="M29 47c-2-18 6-26 19-26s21 8 19 26c-1-6-3-10-6-13-9 3-17 3-24 1-4 3-6 7-8 12z" fill="${c}"/>`,
  scarf: (c) => `<path d="M28 50c-1-18 7-28 20-28s21 10 20 28c-2-11-8-18-20-18s-18 7-20 18z" fill="${c}"/>`,
  beard: (c) => `<path d="M31 43c0 22 7 27 17 27s17-5 17-27c-3 9-6 10-9 10-4-2-12-2-16 0-3 0-6-1-9-10z" fill="${c}"/><path d="M43 58c3-2 7-2 10 0-1 4-9 4-10 0z" fill="#fff"/>`,
  thin: (c) => `<path d="M30 44c-3-2-3-8 0-11 1 3 2 5 0 11zm36 0c3-2 3-8 0-11-1 3-2 5 0 11z" fill="${c}"/>`,
  glasses: () => `<g fill="none" stroke="${INK}" stroke-width="1.6"><circle cx="41" cy="46" r="5"/><circle cx="55" cy="46" r="5"/><path d="M46 46h4"/></g>`,
  none: () => "",
};

const LIGHT = "#f3cdb0", FAIR = "#ecbe98", TAN = "#c98f64", BROWN = "#a66a42", DARK = "#8b5a3a";

// name: [background, skin, shirt, hair colour, behind, over …]
const PEOPLE = {
  anouk: ["#f6e3e9", FAIR, "#bb5f80", "#8f5a36", "long", "parted"],
  dennis: ["#e9edf1", FAIR, "#56606e", "#5b3a26", "none", "short", "beard"],
  noor: ["#e1f0e0", LIGHT, "#43895a", "#a2663a", "tail", "swept"],
  sem: ["#fdf0d3", LIGHT, "#c9732c", "#b98a4c", "none", "fringe"],
  fatima: ["#dcedec", TAN, "#20555b", "#3f7178", "scarf", "scarf"],
  joost: ["#e4edf6", LIGHT, "#4d6f8e", "#c6964b", "none", "swept"],
  ria: ["#ebe7f5", LIGHT, "#6f58a0", "#d5d1d6", "bun", "short"],
  yara: ["#fdf0cf", DARK, "#c88f1c", "#17130f", "curls", "none"],
  omar: ["#eae3f2", BROWN, "#5c3b75", "#17130f", "none", "short", "beard"],
  els: ["#f6e3e7", LIGHT, "#8c3a52", "#8a5b34", "bun", "parted"],
  karin: ["#f0e5f0", LIGHT, "#7c4a72", "#a9a6ab", "bob", "fringe"],
  daan: ["#e1f0e2", FAIR, "#3d7a52", "#2e211b", "none", "short", "beard"],
  hatice: ["#fdf0d3", TAN, "#a56b17", "#2a1c15", "bob", "parted"],
  joke: ["#dff0f0", LIGHT, "#4b7f86", "#a6431f", "bob", "fringe"],
  mo: ["#fbe3da", BROWN, "#c0562b", "#17130f", "none", "short"],
  willem: ["#e3eee4", LIGHT, "#40613f", "#e4e0da", "none", "thin"],
  lin: ["#e4eef8", LIGHT, "#1c4a75", "#241a18", "bob", "fringe", "glasses"],
  esra: ["#f3e6ea", TAN, "#7a3550", "#3a2418", "bob", "parted"],
  naima: ["#e4efe6", BROWN, "#3b5f7a", "#17130f", "long", "parted"],
  marit: ["#e6eef5", LIGHT, "#2f6b63", "#6b4a2f", "long", "fringe", "glasses"],
  samira: ["#fbe9d6", TAN, "#9a4a2f", "#2a1c15", "long", "parted"],
  kees: ["#efece6", FAIR, "#6b5b3a", "#9a9690", "none", "swept", "glasses"],
};

/** One face; `at` places it in a larger picture, `id` keeps its round frame apart from others. */
export function drawFace(name, at = "", id = "c") {
  const [ground, skin, shirt, hair, behind, ...over] = PEOPLE[name];
  const bald = over.includes("thin") ? "M30 45c0-16 7-24 18-24s18 8 18 24-7 24-18 24-18-8-18-24z" : "M31 45c0-13 6-21 17-21s17 8 17 21-7 22-17 22-17-9-17-22z";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"${at}>`,
    `<clipPath id="${id}"><circle cx="48" cy="48" r="48"/></clipPath><g clip-path="url(#${id})">`,
    `<path d="M0 0h96v96H0z" fill="${ground}"/>`,
    BEHIND[behind](hair),
    `<path d="M41 60h14v16H41z" fill="${skin}"/>`,
    `<path d="M16 98c1-17 11-25 25-26 4 4 10 4 14 0 14 1 24 9 25 26z" fill="${shirt}"/>`,
    behind === "scarf" ? `<path d="M28 56c4 14 12 18 20 18s16-4 20-18c4 16 3 24 2 28-14-6-30-6-44 0-1-4-2-12 2-28z" fill="${hair}"/>` : "",
    `<path d="${bald}" fill="${skin}"/>`,
    `<circle cx="41" cy="46" r="2.1" fill="${INK}"/><circle cx="55" cy="46" r="2.1" fill="${INK}"/>`,
    `<path d="M42.5 56.500c3 3 8 3 11 0" fill="none" stroke="${INK}" stroke-width="2" stroke-linecap="round"/>`,
    ...over.map((part) => OVER[part](hair)),
    `</g></svg>`,
  ].join("");
}

export function drawFaces() {
  return Object.keys(PEOPLE).map((name) => [name, `${drawFace(name)}\n`]);
}
