// A browser gives the address at which its maker's service reaches it, when somebody asks it to.
(() => {
  "use strict";

  const part = document.querySelector("[data-notices]");
  if (!part || !window.isSecureContext || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  const below = { scope: part.dataset.below };

  // Switched off elsewhere, or by the clock: the browser lets go of it too.
  if (part.dataset.here === "no")
    navigator.serviceWorker.getRegistration(part.dataset.below).then(async (there) => {
      const was = there && (await there.pushManager.getSubscription());
      await was?.unsubscribe();
      await there?.unregister();
    });

  const form = part.querySelector("[data-notices-on]");
  if (!form) return;
  form.hidden = false;
  part.querySelector("[data-notices-not]").hidden = true;
  const no = part.querySelector("[data-notices-no]");

  const ready = async () => {
    const there = await navigator.serviceWorker.register(part.dataset.worker, below);
    if (there.active) return there;
    const coming = there.installing || there.waiting;
    await new Promise((done) => coming.addEventListener("statechange", () => coming.state === "activated" && done()));
    return there;
  };

  form.addEventListener("submit", async (event) => {
    if (form.elements.endpoint.value) return;
    event.preventDefault();
    event.stopPropagation();
    no.hidden = true;
    try {
      if ((await Notification.requestPermission()) !== "granted") throw new Error("not allowed");
      const there = await ready();
      const told = await there.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: part.dataset.notices });
      form.elements.endpoint.value = told.endpoint;
      form.requestSubmit();
    } catch {
      no.hidden = false;
    }
  });
})();
