// Design tokens: the example theme of NL Design System below, our own values on top,
// and of all those only what the stylesheet asks for, each worked out to its final value.

function tokensIn(css) {
  const clean = css.replace(/\/\*[\s\S]*?\*\//g, "");
  return [...clean.matchAll(/(--[\w-]+)\s*:\s*([^;{}]+);/g)].map(([, name, value]) => [name, value.trim()]);
}

// Our own --ss- values stay variables, so that a page part can change one for what is in it.
function finalValue(value, tokens, asked, depth = 0) {
  if (depth > 20) throw new Error(`a token refers to itself: ${value}`);
  return value.replace(/var\(\s*(--[\w-]+)\s*\)/g, (whole, name) => {
    if (name.startsWith("--ss-")) {
      asked.add(name);
      return whole;
    }
    if (!tokens.has(name)) throw new Error(`no such token: ${name}`);
    return finalValue(tokens.get(name), tokens, asked, depth + 1);
  });
}

/** One `.smartstart-theme` rule; the last stylesheet that names a token wins. */
export function resolveTokens(sheets, used) {
  const tokens = new Map(sheets.flatMap(tokensIn));
  const asked = new Set(used);
  const lines = new Map();
  for (const name of asked) {
    if (tokens.has(name)) lines.set(name, finalValue(tokens.get(name), tokens, asked));
  }
  const sorted = [...lines].sort(([a], [b]) => (a < b ? -1 : 1));
  return `.smartstart-theme{${sorted.map(([name, value]) => `${name}:${value}`).join(";")}}`;
}
