// The clock of the part that runs counts down on this device; the page says the same without it.
(() => {
  "use strict";

  const clock = document.querySelector("[data-seconds]");
  if (!clock) return;
  const began = Date.now();
  const at = Number(clock.dataset.seconds);
  const show = () => {
    const left = at - Math.floor((Date.now() - began) / 1000);
    const shown = Math.abs(left);
    const time = `${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, "0")}`;
    clock.textContent = `${left < 0 ? clock.dataset.late : clock.dataset.left} ${time}`;
  };
  show();
  window.setInterval(show, 1000);
})();
