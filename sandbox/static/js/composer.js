/* Where one types: plain messages, and slash commands with a list to choose from. */
import { act } from "./api.js";
import { byId, h, icon, ICONS } from "./dom.js";
import { shortcutMenu } from "./shortcuts.js";
import { isAppConversation, store } from "./store.js";
import { failed } from "./toasts.js";

const drafts = new Map();
const parts = {};
let at = 0;

function place() {
  return `${store.user}/${store.channel}`;
}

function found() {
  const typed = /^\/\S*$/.exec(parts.text.value)?.[0];
  return typed ? store.commands.filter((c) => c.name.startsWith(typed.toLowerCase())) : [];
}

function known() {
  return store.commands.find((c) => parts.text.value.split(/\s/)[0] === c.name);
}

function commandRow(command, n) {
  const row = h("div", { class: "popup-item command", role: "option", id: `command-${n}`, "aria-selected": String(n === at) },
    h("span", {}, h("b", {}, command.name), " ", h("span", { class: "muted" }, command.usage_hint)),
    h("span", { class: "muted" }, command.description));
  row.addEventListener("pointerdown", (event) => { event.preventDefault(); complete(command); });
  return row;
}

function refresh() {
  const commands = found();
  at = Math.min(at, Math.max(commands.length - 1, 0));
  parts.list.hidden = !commands.length;
  parts.text.setAttribute("aria-expanded", String(commands.length > 0));
  if (commands.length) parts.text.setAttribute("aria-activedescendant", `command-${at}`);
  else parts.text.removeAttribute("aria-activedescendant");
  parts.list.replaceChildren(...commands.map(commandRow));
  const command = commands.length ? null : known();
  parts.hint.textContent = command ? `${command.name} ${command.usage_hint}`.trim() : "";
  parts.hint.hidden = !command;
  parts.send.disabled = !parts.text.value.trim();
  grow();
}

function grow() {
  parts.text.style.height = "auto";
  parts.text.style.height = `${Math.min(parts.text.scrollHeight, 200)}px`;
}

function complete(command) {
  parts.text.value = `${command.name} `;
  parts.text.focus();
  refresh();
}

async function send() {
  const text = parts.text.value.trim();
  if (!text) return;
  parts.text.value = "";
  drafts.delete(place());
  refresh();
  const where = { user: store.user, channel: store.channel };
  if (!text.startsWith("/")) {
    const outcome = await act("say", { ...where, text });
    if (!outcome.ok) failed(`Your message wasn't sent (${outcome.error}).`);
    return;
  }
  parts.box.setAttribute("aria-busy", "true");
  const [command, ...rest] = text.split(/\s+/);
  await act("command", { ...where, command, text: text.slice(command.length).trim() && rest.length ? text.slice(command.length).trim() : "" });
  parts.box.removeAttribute("aria-busy");
}

function keys(event) {
  const commands = found();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (commands.length && step) {
    event.preventDefault();
    at = (at + step + commands.length) % commands.length;
    refresh();
  } else if (commands.length && (event.key === "Tab" || (event.key === "Enter" && !isWhole(commands)))) {
    event.preventDefault();
    complete(commands[at]);
  } else if (event.key === "Escape") {
    parts.list.hidden = true;
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    send();
  }
}

/* Enter completes what is begun and sends what is whole. */
function isWhole(commands) {
  return commands.length === 1 && commands[0].name === parts.text.value;
}

function slash() {
  if (!parts.text.value.startsWith("/")) parts.text.value = `/${parts.text.value}`;
  parts.text.focus();
  refresh();
}

export function buildComposer() {
  parts.text = h("textarea", {
    id: "composer-text", rows: 1, role: "combobox", "aria-expanded": "false", "aria-controls": "commands", "aria-autocomplete": "list",
    oninput: () => { at = 0; drafts.set(place(), parts.text.value); refresh(); }, onkeydown: keys, autocomplete: "off",
  });
  parts.list = h("div", { class: "popup commands-popup", id: "commands", role: "listbox", "aria-label": "Commands", hidden: true });
  parts.hint = h("div", { class: "usage", hidden: true });
  parts.send = h("button", { class: "send", type: "button", "aria-label": "Send", onclick: send, disabled: true }, icon(ICONS.send));
  const open = h("button", { class: "slash", type: "button", "aria-label": "Commands", title: "Commands", onclick: slash }, "/");
  parts.box = h("div", { class: "composer" }, parts.text, h("div", { class: "composer-foot" }, open, shortcutMenu("global", "Shortcuts", "slash") ?? [], h("span", { class: "muted key-hint" }, "Enter sends, Shift + Enter breaks the line"), parts.send));
  byId("composer").replaceChildren(parts.list, parts.hint, parts.box);
}

/* Another place: its own draft, and a placeholder that says where one writes. */
export function showComposer(title) {
  byId("composer").hidden = isAppConversation() && store.tab !== "messages";
  const label = `Message ${title}`;
  if (parts.text.dataset.place === place() && parts.text.placeholder === label) return;
  parts.text.dataset.place = place();
  parts.text.placeholder = label;
  parts.text.setAttribute("aria-label", label);
  parts.text.value = drafts.get(place()) ?? "";
  refresh();
}
