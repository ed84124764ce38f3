// What the pages of one's own story gain with script: the code of the picture on the card stands
// in the form, and the page can be read aloud. Nothing of it leaves this device.
(() => {
  "use strict";

  // The picture on the card leads to …#code: what stands behind # is never sent to a server.
  const box = document.getElementById("id_code");
  if (box && window.location.hash.length > 1) {
    box.value = decodeURIComponent(window.location.hash.slice(1)).slice(0, 100);
    window.history.replaceState(null, "", window.location.pathname);
    document.getElementById("id_word")?.focus();
  }

  // Only a voice that lives on this device reads: another would send the story to a company.
  const place = document.querySelector("[data-read-button]");
  const text = document.querySelector("[data-read-aloud]");
  const speech = window.speechSynthesis;
  if (!place || !text || !speech) return;
  const button = place.querySelector("button");
  const start = button.textContent;
  const stopped = () => { button.textContent = start; };
  const own = () => speech.getVoices().find(
    (voice) => voice.localService && voice.lang.toLowerCase().startsWith(document.documentElement.lang),
  );
  const offer = () => { place.hidden = !own(); };
  offer();
  speech.addEventListener?.("voiceschanged", offer);

  button.addEventListener("click", () => {
    if (speech.speaking) {
      speech.cancel();
      stopped();
      return;
    }
    const voice = own();
    if (!voice) return;
    const parts = [...text.querySelectorAll("h2, p")].map((one) => one.innerText.trim()).filter(Boolean);
    parts.forEach((words, number) => {
      const spoken = new SpeechSynthesisUtterance(words);
      spoken.voice = voice;
      spoken.lang = voice.lang;
      if (number === parts.length - 1) spoken.onend = stopped;
      speech.speak(spoken);
    });
    button.textContent = button.dataset.stop;
  });
  window.addEventListener("pagehide", () => speech.cancel());
})();
