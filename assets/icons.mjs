// Line icons, drawn by us: 2 px lines on a grid of 24. Always beside words, so they say nothing themselves.

const ICONS = {
  "arrow": '<path d="M4 12h16m-6-6 6 6-6 6"/>',
  "arrow-back": '<path d="M20 12H4m6-6-6 6 6 6"/>',
  "ask": '<path d="M4 4h16v13h-9l-5 4v-4H4z"/><path d="M9.7 8.8a2.4 2.4 0 1 1 3.3 2.2c-.7.3-1 .7-1 1.3"/><path d="M12 14.4v.1"/>',
  "baby": '<circle cx="12" cy="12" r="8.5"/><path d="M9 11v.1m6-.1v.1M8.8 14.5a4 4 0 0 0 6.4 0M12 3.5c-1.6 1-1.4 3 .3 3.3"/>',
  "badge": '<rect x="4.5" y="5.5" width="15" height="16" rx="1.5"/><path d="M9.5 5.5v-3h5v3"/><circle cx="12" cy="12" r="2.2"/><path d="M8 18c.6-2 2-3 4-3s3.4 1 4 3"/>',
  "basket": '<path d="M3 10h18l-2 10H5z"/><path d="m8 10 3-6m5 6-3-6M12 13.500v3"/>',
  "bin": '<path d="M4 6.500h16M9 6V3.500h6V6M6 6.5 7 21h10l1-14.500M10 10.500v6m4-6v6"/>',
  "book": '<path d="M12 6c-2-1.5-5-2-9-2v14.500c4 0 7 .5 9 2 2-1.5 5-2 9-2V4c-4 0-7 .5-9 2zm0 0v14.5"/>',
  "brush": '<path d="M20.5 3.500c-4 2-8 6-10 9.500l2 2c3.5-2 7.5-6 9-10a1.3 1.3 0 0 0-1-1.500zM9.5 14c-3 0-4 2-4 4 0 1-.8 2-2 2.5 4 .8 8-.5 8-4.5"/>',
  "bubble": '<path d="M4 4h16v13h-9l-5 4v-4H4z"/>',
  "building": '<path d="M5 21V3.500h10V21m0-12h4.500v12M3 21h18M9 8v.1m2.5-.1v.1M9 12v.1m2.5-.1v.1M9 16v.1m2.5-.1v.1"/>',
  "bulb": '<path d="M9 17.500h6M10 21h4M9 17c0-2.5-3-4-3-7.500a6 6 0 1 1 12 0c0 3.5-3 5-3 7.5"/>',
  "calendar": '<rect x="3.5" y="5" width="17" height="16" rx="1.5"/><path d="M3.5 10h17M8 2.500V7m8-4.500V7"/>',
  "chart": '<path d="M3.5 3v17.500H21M8 17v-4m4 4V9.500m4 7.500v-6"/>',
  "check": '<path d="m4 12.5 5.5 5.500L20.5 7"/>',
  "chevron": '<path d="m5 9 7 7 7-7"/>',
  "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 6.500V12l3.5 2.5"/>',
  "copy": '<rect x="8.5" y="8.5" width="12" height="12" rx="1.5"/><path d="M15.5 8.500v-5h-12v12h5"/>',
  "cross": '<path d="M5 5l14 14M19 5 5 19"/>',
  "document": '<path d="M6 3h8.500L19 7.500V21H6zM14 3v5h5M9 12.500h7m-7 4h7"/>',
  "download": '<path d="M12 3v12m-5-5 5 5 5-5M4 20.500h16"/>',
  "exit": '<path d="M13 4h7.500v16H13M3 12h12m-4.5-4.500L15 12l-4.5 4.5"/>',
  "eye": '<path d="M1.8 12C4.5 7.5 8 5.3 12 5.300s7.5 2.2 10.2 6.700c-2.7 4.5-6.2 6.7-10.2 6.700S4.5 16.5 1.8 12z"/><circle cx="12" cy="12" r="3"/>',
  "eye-off": '<path d="M9.5 5.700c.8-.3 1.6-.4 2.5-.4 4 0 7.5 2.2 10.2 6.7-.9 1.5-1.9 2.7-3 3.700M6 7.300C4.4 8.4 3 10 1.8 12c2.7 4.5 6.2 6.7 10.2 6.7 1.8 0 3.5-.4 5-1.300M10 10a3 3 0 0 0 4.1 4.200M3 3l18 18"/>',
  "filter": '<path d="M3 5h18l-7 8v7l-4-2.500V13z"/>',
  "forward": '<path d="M3 9h10V5.500L21 12l-8 6.500V15H3z"/>',
  "globe": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c-5 5-5 13 0 18 5-5 5-13 0-18z"/>',
  "hand": '<path d="M8 13V5.500a1.5 1.5 0 0 1 3 0V11m0-.5v-6a1.5 1.5 0 0 1 3 0V11m0-4.500a1.5 1.5 0 0 1 3 0V12m0-2.500a1.5 1.5 0 0 1 3 0V15c0 4-2.5 6.5-6 6.5-3 0-4.7-1.2-6.2-3.500l-3-4.600a1.5 1.5 0 0 1 2.5-1.700L8 13.5"/>',
  "heart": '<path d="M12 20.500C5 15.5 3 12.5 3 9a4.6 4.6 0 0 1 9-1.500A4.6 4.6 0 0 1 21 9c0 3.5-2 6.5-9 11.500z"/>',
  "home": '<path d="m3 12 9-8.500L21 12M5.5 10v10.500h13V10M10 20.500V14h4v6.5"/>',
  "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6m0-9.600v.1"/>',
  "key": '<circle cx="8" cy="15.5" r="4.5"/><path d="m11.2 12.3 8.3-8.300m-3 3 3 3m-5.5-.5 2 2"/>',
  "leaf": '<path d="M4 20C3 11 8 4.5 20.5 4 20.5 15 14 20.5 7 17.500M4 20c2-4 5-7.5 10-10"/>',
  "link": '<path d="M10 14a4.5 4.5 0 0 0 6.5 0l3-3A4.6 4.6 0 0 0 13 4.500l-1.5 1.500M14 10a4.5 4.5 0 0 0-6.5 0l-3 3a4.6 4.6 0 0 0 6.5 6.500l1.5-1.5"/>',
  "list": '<path d="M9 6h12M9 12h12M9 18h12M4 6v.1M4 12v.1M4 18v.1"/>',
  "lock": '<rect x="4.5" y="10.5" width="15" height="10.5" rx="1.5"/><path d="M8 10.500V7a4 4 0 0 1 8 0v3.5"/>',
  "mic": '<rect x="9" y="2.5" width="6" height="12" rx="3"/><path d="M5 11.500a7 7 0 0 0 14 0M12 18.500v3"/>',
  "note": '<path d="M4 4h16v10.500L14.5 20H4zM20 14.500h-5.500V20M8 9h8m-8 4h4"/>',
  "paper": '<path d="M4 5.500h16v13H4z"/><path d="m4 6.5 8 6.5 8-6.5"/>',
  "pencil": '<path d="m4 20 1-5L16.5 3.500l4 4L9 19zM14 6l4 4"/>',
  "people": '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.4-4.3 2.8-6.5 6.5-6.500s6.1 2.2 6.5 6.500M15.5 4.700a3.5 3.5 0 0 1 0 6.600m2 2.700c2.3.8 3.7 2.8 4 6"/>',
  "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 21c.5-4.7 3.2-7 7.5-7s7 2.3 7.5 7"/>',
  "phone": '<path d="M4.5 3.500h4L10.5 9 8 10.700c1 2.4 2.8 4.2 5.3 5.300L15 13.500l5.5 2v4c0 .6-.5 1-1 1C11 20.5 3.5 13 3.5 4.500c0-.5.4-1 1-1z"/>',
  "plus": '<path d="M12 4.500v15M4.5 12h15"/>',
  "print": '<path d="M7 8V3.500h10V8M7 17H3.500V8h17v9H17M7 14h10v6.500H7z"/>',
  "school": '<path d="M3 20.500V10l9-6.5 9 6.500v10.500zM9.5 20.500v-6h5v6M12 10v.1"/>',
  "search": '<circle cx="10.5" cy="10.5" r="7"/><path d="m15.7 15.7 5.3 5.3"/>',
  "shield": '<path d="M12 2.5 4 5.500V12c0 4.5 3 7.5 8 9.5 5-2 8-5 8-9.500V5.500z"/><path d="m8.5 12 2.5 2.5 4.5-5"/>',
  "star": '<path d="m12 3 2.7 5.7 6.3.8-4.6 4.3 1.2 6.2-5.6-3-5.6 3 1.2-6.200L3 9.500l6.3-.8z"/>',
  "tag": '<path d="M3.5 3.500h8l9 9-8 8-9-9zM8 8v.1"/>',
  "thread": '<path d="M3.5 17.500C8 17 7 6.5 12 6.500s4.5 10 8.5 11"/><circle cx="3.5" cy="17.5" r="1.5"/><circle cx="12" cy="6.5" r="1.5"/><circle cx="20.5" cy="17.5" r="1.5"/>',
  "timer": '<circle cx="12" cy="13.5" r="8"/><path d="M9.5 2.500h5M12 9v4.5"/>',
  "upload": '<path d="M12 15V3.500m-5 5 5-5 5 5M4 20.500h16"/>',
  "warning": '<path d="M12 3 2 20.500h20zM12 10v5m0 2.400v.1"/>',
  "withdrawn": '<circle cx="12" cy="12" r="9" stroke-dasharray="3.6 2.6"/><path d="m12.5 6-3 4.5 5 2.5-3 5"/>',
};

/** One sprite; pages point into it with <use href="…/icons.svg#name">. */
export function drawIcons() {
  const symbols = Object.entries(ICONS).map(
    ([name, lines]) =>
      `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"` +
      ` stroke-linecap="round" stroke-linejoin="round">${lines}</symbol>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
}
