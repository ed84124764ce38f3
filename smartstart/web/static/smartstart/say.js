// A child draws or speaks in the page. What it makes goes into the box of the form as a file: it
// stays on this device until "send" is pressed, and goes nowhere else.
(() => {
  "use strict";

  const LONGEST = 5 * 60 * 1000;
  const SHORTEST = 1000;
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
    const [button, said, runs, heard] = ["button", "[role=status]", "[role=timer]", "audio"].map(
      (one) => speak.querySelector(one),
    );
    const label = button.querySelector(".nl-button__label");
    const start = label.textContent;
    const endings = { "audio/ogg": "ogg", "audio/mp4": "m4a", "audio/wav": "wav" };
    let running = null; // what records now; "waits" while the microphone is asked for
    let send = false; // whether "send" was pressed while it still recorded

    // The clock begins with the first sound that really came in, so that it tells the truth.
    const show = (now) => {
      const seconds = Math.floor((performance.now() - now.since) / 1000);
      const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      runs.textContent = runs.dataset.words.replace("0:00", time);
      runs.hidden = false;
    };

    const keep = (now) => {
      window.clearTimeout(now.longest);
      window.clearInterval(now.ticks);
      for (const track of now.stream.getTracks()) track.stop();
      const blob = new Blob(now.pieces, { type: now.recorder.mimeType.split(";")[0] });
      const lasted = now.since === null ? 0 : performance.now() - now.since;
      running = null;
      runs.hidden = true;
      label.textContent = start;
      if (blob.size === 0 || lasted < SHORTEST) {
        // A slip of the finger: it does not go along, and what was said before stays.
        said.textContent = said.dataset.wordsShort;
        send = false;
        return;
      }
      into(box, blob, `stem.${endings[blob.type] ?? "webm"}`);
      heard.src = URL.createObjectURL(blob);
      heard.hidden = false;
      if (send) box.form.requestSubmit();
      send = false;
    };

    const begin = async () => {
      said.textContent = "";
      running = "waits";
      let stream;
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      } catch {
        running = null;
        said.textContent = said.dataset.wordsNo;
        return;
      }
      const recorder = new MediaRecorder(stream);
      const now = { recorder, stream, pieces: [], since: null };
      running = now;
      now.longest = window.setTimeout(() => {
        said.textContent = said.dataset.wordsLong;
        recorder.stop();
      }, LONGEST);
      recorder.addEventListener("dataavailable", (event) => {
        now.pieces.push(event.data);
        if (event.data.size === 0 || now.since !== null || recorder.state !== "recording") return;
        now.since = performance.now();
        now.ticks = window.setInterval(show, 250, now);
        show(now);
      });
      recorder.addEventListener("stop", () => keep(now));
      recorder.start(250);
      label.textContent = said.dataset.wordsOn;
    };

    speak.querySelector("[data-with-script]").hidden = false;
    button.addEventListener("click", () => {
      if (running === null) begin();
      else if (running.recorder?.state === "recording") running.recorder.stop();
    });
    // Who presses "send" while it still records, sends what was said: first it stops.
    box.form.addEventListener("submit", (event) => {
      if (running?.recorder === undefined) return;
      event.preventDefault();
      send = true;
      if (running.recorder.state === "recording") running.recorder.stop();
    });
  }
})();
