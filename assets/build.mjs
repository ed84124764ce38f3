// Builds the look of Smart Start: npm packages and the sources beside this file in,
// small files in smartstart/web/static/smartstart/ out. The same input gives the same bytes.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { drawCircle } from "./circle.mjs";
import { minify, prune, usedVariables } from "./css.mjs";
import { drawFaces } from "./faces.mjs";
import { drawIcons } from "./icons.mjs";
import { resolveTokens } from "./tokens.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const out = join(root, "smartstart/web/static/smartstart");
const npm = (path) => join(here, "node_modules", path);
const text = (path) => readFileSync(path, "utf8");

// Components we use, in the order in which they appear in the stylesheet.
const COMPONENTS = [
  "@utrecht/heading-1-css/dist/index.css",
  "@utrecht/heading-2-css/dist/index.css",
  "@utrecht/heading-3-css/dist/index.css",
  "@utrecht/heading-4-css/dist/index.css",
  "@utrecht/paragraph-css/dist/index.css",
  "@utrecht/unordered-list-css/dist/index.css",
  "@utrecht/ordered-list-css/dist/index.css",
  "@utrecht/blockquote-css/dist/index.css",
  "@utrecht/badge-status-css/dist/index.css",
  "@utrecht/alert-css/dist/index.css",
  "@utrecht/table-css/dist/index.css",
  "@utrecht/form-field-css/dist/index.css",
  "@utrecht/form-label-css/dist/index.css",
  "@utrecht/form-field-description-css/dist/index.css",
  "@utrecht/form-field-error-message-css/dist/index.css",
  "@utrecht/textbox-css/dist/index.css",
  "@utrecht/textarea-css/dist/index.css",
  "@utrecht/select-css/dist/index.css",
  "@utrecht/checkbox-css/dist/index.css",
  "@nl-design-system-candidate/link-css/dist/link.css",
  "@nl-design-system-candidate/skip-link-css/dist/skip-link.css",
  "@nl-design-system-candidate/button-css/dist/button.css",
];

// Variants nobody uses here: rules that only speak of these are left out.
const UNUSED = [
  /--pressed/, /--negative/, /--busy/, /--inline-box/, /nl-link--disabled/,
  /__attribution/, /--html-/, /__no-margin/, /--read-only\b/, /--(valid|neutral|safe)\b/,
  /table__(footer|heading|caption--|numeric|row--|sort|cell--(selected|action))/,
  /--nested/, /--focus\b/, /focus-visible/, /:read-only/, /nl-button--icon-only/,
];

function stylesheet() {
  const vendor = COMPONENTS.map((path) => prune(text(npm(path)), UNUSED)).join("\n");
  const own = readdirSync(join(here, "css")).filter((name) => name.endsWith(".css")).sort();
  const ours = own.filter((name) => !name.startsWith("00-")).map((name) => text(join(here, "css", name)));
  const theme = resolveTokens(
    [text(npm("@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css")), text(join(here, "css/00-theme.css"))],
    usedVariables(vendor + ours.join("\n")),
  );
  const notice = "/* Smart Start, EUPL-1.2. Built by `make assets`; sources in assets/. Bundled parts: docs/licences.md. */\n";
  return notice + minify(["@layer base, parts;", text(join(here, "css/00-font.css")), theme, "@layer parts {" + vendor + "}", ...ours].join("\n"));
}

function write(name, content) {
  mkdirSync(dirname(join(out, name)), { recursive: true });
  writeFileSync(join(out, name), content);
}

function copy(from, name) {
  mkdirSync(dirname(join(out, name)), { recursive: true });
  cpSync(from, join(out, name));
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

function hashesOf(paths) {
  const sha = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");
  return Object.fromEntries(paths.map((path) => [relative(root, path), sha(path)]).sort(([a], [b]) => (a < b ? -1 : 1)));
}

rmSync(out, { recursive: true, force: true });
write("smartstart.css", stylesheet());
for (const name of ["smartstart.js", "coding.js", "say.js", "session.js", "board.js", "photo.js", "story.js", "notices.js"]) copy(join(here, "js", name), name);
copy(npm("htmx.org/dist/htmx.min.js"), "htmx.min.js");
copy(npm("@fontsource-variable/noto-sans/files/noto-sans-latin-wght-normal.woff2"), "noto-sans.woff2");
for (const name of ["mark.svg", "tick.svg"]) copy(join(here, "icons", name), name);
write("icons.svg", drawIcons());
write("circle.svg", drawCircle());
for (const [name, picture] of drawFaces()) write(`faces/${name}.svg`, picture);

const sources = filesUnder(here).filter((path) => !path.includes("node_modules") && !path.endsWith("hashes.json"));
const manifest = { sources: hashesOf(sources), outputs: hashesOf(filesUnder(out)) };
writeFileSync(join(here, "hashes.json"), JSON.stringify(manifest, null, 2) + "\n");
