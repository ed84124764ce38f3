// A child draws or speaks in the page. What it makes goes into the box of the form as a file: it
// stays on this device until "send" is pressed, and goes nowhere else.
(() => {
  "use strict";

  const LONGEST = 5 * 60 * 1000;
  const into = (box, blob, name) => {
    const files = new DataTransfer();
    files.items.add(new File([blob], name, { type: blob.type }));
    box.files = files.files;
  };

  const draw = document.querySelector("[data-draw]");
  const paper = draw?.querySelector("canvas");
  const pen = paper?.getContext("2d");
  if (pen && window.DataTransfer) {
    const box = draw.querySelector("input[type=file]");
    const told = draw.querySelector("[data-drawn]");
    const clean = () => {
      pen.fillStyle = "#ffffff";
      pen.fillRect(0, 0, paper.width, paper.height);
    };
    const place = (event) => {
      const edge = paper.getBoundingClientRect();
      return [
        ((event.clientX - edge.left) * paper.width) / edge.width,
        ((event.clientY - edge.top) * paper.height) / edge.height,
      ];
    };
    let down = false;
    draw.querySelector("[data-with-script]").hidden = false;
    clean();
    pen.lineWidth = 6;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    pen.strokeStyle = "#2b2330";
    paper.addEventListener("pointerdown", (event) => {
      down = true;
      paper.setPointerCapture(event.pointerId);
      pen.beginPath();
      pen.moveTo(...place(event));
      pen.lineTo(...place(event));
      pen.stroke();
      event.preventDefault();
    });
    paper.addEventListener("pointermove", (event) => {
      if (!down) return;
      pen.lineTo(...place(event));
      pen.stroke();
    });
    const up = () => {
      if (!down) return;
      down = false;
      paper.toBlob((blob) => {
        into(box, blob, "tekening.png");
        told.hidden = false;
      }, "image/png");
    };
    paper.addEventListener("pointerup", up);
    paper.addEventListener("pointercancel", up);
    box.addEventListener("change", () => { told.hidden = true; });
    draw.querySelector("button").addEventListener("click", () => {
      clean();
      box.value = "";
      told.hidden = true;
    });
  }

  const speak = document.querySelector("[data-speak]");
  if (speak && window.MediaRecorder && navigator.mediaDevices && window.DataTransfer) {
    const box = speak.querySelector("input[type=file]");
    const [button, said, heard] = ["button", "[role=status]", "audio"].map((one) => speak.querySelector(one));
    const label = button.querySelector(".nl-button__label");
    const start = label.textContent;
    let recorder = null;
    speak.querySelector("[data-with-script]").hidden = false;
    button.addEventListener("click", async () => {
      if (recorder) {
        recorder.stop();
        return;
      }
      said.textContent = "";
      let stream;
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      } catch {
        said.textContent = said.dataset.wordsNo;
        return;
      }
      const pieces = [];
      recorder = new MediaRecorder(stream);
      const timer = window.setTimeout(() => {
        said.textContent = said.dataset.wordsLong;
        recorder?.stop();
      }, LONGEST);
      recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
      recorder.addEventListener("stop", () => {
        window.clearTimeout(timer);
        for (const track of stream.getTracks()) track.stop();
        const blob = new Blob(pieces, { type: recorder.mimeType.split(";")[0] });
        const ending = { "audio/ogg": "ogg", "audio/mp4": "m4a", "audio/wav": "wav" }[blob.type] ?? "webm";
        into(box, blob, `stem.${ending}`);
        heard.src = URL.createObjectURL(blob);
        heard.hidden = false;
        label.textContent = start;
        recorder = null;
      });
      recorder.start();
      label.textContent = said.dataset.wordsOn;
    });
  }
})();
