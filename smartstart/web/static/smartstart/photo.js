// A photo of paper: what is tapped or dragged over goes black here, before the photo is sent. The
// points under it are replaced; the photo as it was made never leaves this phone.
(() => {
  "use strict";
  const form = document.querySelector("[data-photo]");
  const canvas = form?.querySelector("canvas");
  if (!form || !canvas?.getContext || !window.createImageBitmap) return;

  const LONGEST = 2000;
  const INK = "rgb(43, 35, 48)";
  const pen = canvas.getContext("2d");
  const after = form.querySelector("[data-after]");
  const looked = form.querySelector("[name=looked]");
  const told = form.querySelector("[data-count]");
  let photo = null;
  let hidden = []; // places as [left, top, width, height] in points
  let from = null; // where a finger came down
  let frame = null; // the place that the keyboard moves

  for (const box of form.querySelectorAll("input[type=file]"))
    box.addEventListener("change", () => show(box));

  async function show(box) {
    for (const other of form.querySelectorAll("input[type=file]")) if (other !== box) other.value = "";
    hidden = [];
    photo = null;
    after.hidden = true;
    try {
      photo = await createImageBitmap(box.files[0], { imageOrientation: "from-image" });
    } catch {
      return; // no photo that this phone can read: the house says so in a sentence
    }
    const scale = Math.min(1, LONGEST / Math.max(photo.width, photo.height));
    canvas.width = Math.round(photo.width * scale);
    canvas.height = Math.round(photo.height * scale);
    after.hidden = false;
    draw();
    canvas.scrollIntoView({ block: "nearest" });
  }

  function draw(more = null) {
    pen.drawImage(photo, 0, 0, canvas.width, canvas.height);
    pen.fillStyle = INK;
    for (const place of more ? [...hidden, more] : hidden) pen.fillRect(...place);
    told.textContent = `${told.dataset.words} ${hidden.length}`;
    if (!frame) return;
    pen.strokeStyle = "#fff";
    pen.lineWidth = 6;
    pen.strokeRect(...frame);
    pen.strokeStyle = INK;
    pen.lineWidth = 2;
    pen.strokeRect(...frame);
  }

  const size = () => Math.round(Math.max(canvas.width, canvas.height) / 12);
  const at = (event) => {
    const seen = canvas.getBoundingClientRect();
    return [
      ((event.clientX - seen.left) / seen.width) * canvas.width,
      ((event.clientY - seen.top) / seen.height) * canvas.height,
    ];
  };
  // A tap hides a square around the finger; dragging hides what lies between.
  function place(to) {
    const wide = Math.abs(to[0] - from[0]);
    const high = Math.abs(to[1] - from[1]);
    if (Math.max(wide, high) < size() / 3)
      return [from[0] - size() / 2, from[1] - size() / 2, size(), size()].map(Math.round);
    return [Math.floor(Math.min(from[0], to[0])), Math.floor(Math.min(from[1], to[1])), Math.ceil(wide), Math.ceil(high)];
  }
  canvas.addEventListener("pointerdown", (event) => {
    if (!photo) return;
    frame = null;
    from = at(event);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => from && draw(place(at(event))));
  canvas.addEventListener("pointerup", (event) => {
    if (!from) return;
    hidden.push(place(at(event)));
    from = null;
    draw();
  });
  canvas.addEventListener("pointercancel", () => {
    from = null;
    if (photo) draw();
  });

  canvas.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = steps[event.key];
    if (!photo || (!step && event.key !== "Enter")) return;
    event.preventDefault();
    frame ||= [0, 0, size(), size()];
    if (step) {
      const most = [canvas.width - size(), canvas.height - size()];
      for (const axis of [0, 1])
        frame[axis] = Math.max(0, Math.min(most[axis], frame[axis] + (step[axis] * size()) / 2));
    } else hidden.push(frame.map(Math.round));
    draw();
  });
  canvas.addEventListener("blur", () => {
    frame = null;
    if (photo) draw();
  });
  form.querySelector("[name=undo]").addEventListener("click", () => {
    hidden.pop();
    draw();
  });

  form.addEventListener("submit", (event) => {
    if (!photo) return;
    event.preventDefault();
    if (!looked.checked) {
      looked.focus();
      looked.setCustomValidity("");
      looked.required = true;
      looked.reportValidity();
      return;
    }
    frame = null;
    draw();
    canvas.toBlob(
      (made) => {
        const files = new DataTransfer();
        files.items.add(new File([made], "bord.jpg", { type: "image/jpeg" }));
        form.querySelector("[name=take]").value = "";
        form.querySelector("[name=choose]").files = files.files;
        form.querySelector("[name=ready]").value = "yes";
        form.submit();
      },
      "image/jpeg",
      0.85,
    );
  });
})();
