/* Shortcuts: of the whole app beside the field where one types, of a message at its corner. */
import { act } from "./api.js";
import { h, icon, ICONS } from "./dom.js";
import { arrows, closing } from "./menus.js";
import { store } from "./store.js";
import { failed } from "./toasts.js";

async function choose(shortcut, where, opener) {
  opener.setAttribute("aria-busy", "true");
  const outcome = await act("shortcut", { user: store.user, callback_id: shortcut.callback_id, ...where });
  opener.removeAttribute("aria-busy");
  if (!outcome.ok) failed(`That didn't reach ${store.app.name} (${outcome.error}).`);
}

function item(shortcut, pick) {
  const about = shortcut.description ? h("div", { class: "muted small-words" }, shortcut.description) : null;
  return h("button", { class: "popup-item", role: "menuitem", type: "button", onclick: () => pick(shortcut) }, shortcut.name, about);
}

/* A button that opens a list of shortcuts; null where the app has none of this sort. */
export function shortcutMenu(type, label, look, where = {}) {
  const found = store.shortcuts.filter((s) => s.type === type);
  if (!found.length) return null;
  const opener = h("button", { class: look, type: "button", "aria-label": label, title: label, "aria-haspopup": "menu", "aria-expanded": "false" },
    icon(type === "global" ? ICONS.bolt : ICONS.dots));
  const open = (on) => { list.hidden = !on; opener.setAttribute("aria-expanded", String(on)); };
  const pick = (shortcut) => { open(false); choose(shortcut, where, opener); };
  const list = h("div", { class: "popup", role: "menu", hidden: true }, found.map((s) => item(s, pick)));
  const root = h("span", { class: `menu shortcuts shortcuts-${type}` }, opener, list);
  opener.addEventListener("click", () => { open(list.hidden); if (!list.hidden) list.firstChild.focus(); });
  list.addEventListener("keydown", (event) => arrows(list, event));
  closing(root, () => { if (!list.hidden) { open(false); opener.focus(); } });
  return root;
}
