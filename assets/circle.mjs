// The picture on the public home page: a child in the middle, people around, a circle with a door.
import { drawFace } from "./faces.mjs";

const SIZE = 480, MIDDLE = SIZE / 2, RING = 196, FACE = 76, CHILD = 132;
// Who stands where, in degrees from the top; a dotted line got one question, no word for "nothing now".
const AROUND = [
  ["fatima", 8, "solid"], ["ria", 53, "solid"], ["joost", 98, "dotted"], ["anouk", 146, "solid"],
  ["daan", 190, "solid"], ["joke", 236, "dotted"], ["karin", 280, "solid"], ["mo", 326, "solid"],
];
const DOOR = [33, 53];

const round = (number) => Math.round(number * 10) / 10;
const point = (degrees, far) => {
  const angle = ((degrees - 90) * Math.PI) / 180;
  return [round(MIDDLE + far * Math.cos(angle)), round(MIDDLE + far * Math.sin(angle))];
};
const framed = (name, [x, y], size, id) =>
  drawFace(name, ` x="${round(x - size / 2)}" y="${round(y - size / 2)}" width="${size}" height="${size}"`, id);

function line([, degrees, kind]) {
  const [x1, y1] = point(degrees, CHILD / 2 + 14);
  const [x2, y2] = point(degrees, RING - FACE / 2 - 10);
  const dotted = kind === "dotted" ? ' stroke-dasharray="3 7"' : "";
  return `<path d="M${x1} ${y1} ${x2} ${y2}" stroke="#a8829f" stroke-width="3" stroke-linecap="round"${dotted}/>`;
}

export function drawCircle() {
  const [fromX, fromY] = point(DOOR[1], RING), [toX, toY] = point(DOOR[0], RING);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}">`,
    `<path d="M${fromX} ${fromY}A${RING} ${RING} 0 1 1 ${toX} ${toY}" fill="none" stroke="#5e2a57" stroke-width="6" stroke-linecap="round"/>`,
    ...AROUND.map(line),
    ...AROUND.map(([name, degrees], number) => {
      const [x, y] = point(degrees, RING);
      return `<circle cx="${x}" cy="${y}" r="${FACE / 2 + 7}" fill="#fbf9f8"/>${framed(name, [x, y], FACE, `a${number}`)}`;
    }),
    `<circle cx="${MIDDLE}" cy="${MIDDLE}" r="${CHILD / 2 + 8}" fill="#fff" stroke="#e8ae35" stroke-width="5"/>`,
    framed("noor", [MIDDLE, MIDDLE], CHILD, "m"),
    `</svg>\n`,
  ].join("");
}
