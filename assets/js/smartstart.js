// What a page gains with script. Everything here also works without it.
(() => {
  "use strict";

  // htmx keeps the address of the last page in this tab, also after one left: nothing here uses it.
  try {
    window.sessionStorage.removeItem("htmx-current-path-for-history");
  } catch (blocked) {
    console.info("This browser keeps nothing, so nothing is left either.", blocked.name);
  }

  // "Snel weg": leave no way back in the history of this tab.
  document.addEventListener("click", (event) => {
    const away = event.target instanceof Element && event.target.closest("a[data-away]");
    if (!away) return;
    event.preventDefault();
    document.documentElement.hidden = true;
    window.location.replace(away.href);
  });

  // The menu on a phone: a link to the list without script, a button that opens and closes with it.
  const menu = document.querySelector("[data-menu]");
  const list = menu && document.getElementById(menu.hash.slice(1));
  if (menu && list) {
    menu.setAttribute("role", "button");
    menu.setAttribute("aria-expanded", "false");
    menu.setAttribute("aria-controls", list.id);
    const turn = (event) => {
      if (event.type === "keydown" && event.key !== " ") return;
      event.preventDefault();
      const open = menu.getAttribute("aria-expanded") !== "true";
      menu.setAttribute("aria-expanded", String(open));
      list.classList.toggle("ss-nav--open", open);
    };
    menu.addEventListener("click", turn);
    menu.addEventListener("keydown", turn);
  }

  // A form is sent once, however often the button is pressed. Going back, or five seconds
  // (a form may answer with a file and leave the page as it is), makes it usable again.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.getAttribute("method")?.toLowerCase() !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    window.setTimeout(() => delete form.dataset.sent, 5000);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  // A form that comes back with errors (422) is shown as well when htmx asked for it.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status !== 422) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });

  // A link to a place inside a closed part opens that part; not every browser does so by itself.
  const reveal = () => {
    const place = window.location.hash && document.getElementById(window.location.hash.slice(1));
    const closed = place && place.closest("details:not([open])");
    if (!closed) return;
    closed.open = true;
    place.scrollIntoView();
  };
  window.addEventListener("hashchange", reveal);
  reveal();

  // After a refused form the reader starts at the list of what to mend.
  document.querySelector(".ss-error-summary")?.focus();
})();
