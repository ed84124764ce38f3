// Just enough CSS for this build: leave out rules nobody uses, list variables, squeeze white space.

/** Every custom property that is asked for with var(). */
export function usedVariables(css) {
  return new Set([...css.matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1]));
}

const withoutComments = (css) => css.replace(/\/\*[\s\S]*?\*\//g, "");

/** Split a stylesheet in its top-level blocks: [before the brace, between the braces]. */
function blocks(css) {
  const found = [];
  let depth = 0, start = 0, open = 0;
  for (let at = 0; at < css.length; at += 1) {
    if (css[at] === "{" && depth++ === 0) open = at;
    if (css[at] === "}" && --depth === 0) {
      found.push([css.slice(start, open).trim(), css.slice(open + 1, at)]);
      start = at + 1;
    }
  }
  return found;
}

/** Commas outside brackets separate selectors. */
function selectors(list) {
  const parts = [""];
  let depth = 0;
  for (const sign of list) {
    if (sign === "(") depth += 1;
    if (sign === ")") depth -= 1;
    if (sign === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return parts.map((part) => part.trim());
}

/** Leave out selectors that speak of an unused variant, and rules that have no selector left. */
export function prune(css, unused) {
  return blocks(withoutComments(css)).map(([head, body]) => {
    if (head.startsWith("@")) {
      const inner = prune(body, unused);
      return inner.trim() ? `${head}{${inner}}` : "";
    }
    const kept = selectors(head).filter((selector) => !unused.some((variant) => variant.test(selector)));
    return kept.length && body.trim() ? `${kept.join(",")}{${body}}` : "";
  }).join("\n");
}

/** Comments and needless white space go; strings in our sources hold no double blanks. */
export function minify(css) {
  return withoutComments(css)
    .replace(/\s+/g, " ")
    .replace(/\s*([{};,])\s*/g, "$1")
    .replace(/([{;(][\w-]+):\s+/g, "$1:")
    .replace(/;}/g, "}")
    .replace(/[^{}]+\{\}/g, "")
    .replace(/}(?=@|\.)/g, "}\n")
    .trim() + "\n";
}
