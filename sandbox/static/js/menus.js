/* Menus that no native control gives: overflow, choosing several, and searching as one types. */
import { confirmed } from "./dialogs.js";
import { h, icon, ICONS } from "./dom.js";
import { textNodes } from "./mrkdwn.js";

const PAUSE = 200;

/* Close a popup on Escape, on a click elsewhere, or when the focus leaves. */
export function closing(root, close) {
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });
  root.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !root.contains(event.relatedTarget)) close();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!root.contains(event.target)) close();
  });
}

export function arrows(list, event) {
  const items = [...list.querySelectorAll("[role=menuitem]")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !items.length) return;
  event.preventDefault();
  const now = items.indexOf(document.activeElement);
  items[(now + step + items.length) % items.length].focus();
}

export function overflowMenu(holder, block, element) {
  const list = h("div", { class: "popup", role: "menu", hidden: true });
  const opener = h("button", {
    class: "button icon-button", type: "button", "aria-label": "More actions", "aria-haspopup": "menu",
    "aria-expanded": "false", "data-action": element.action_id, "data-focus": `${block.block_id}/${element.action_id}`,
  }, icon(ICONS.dots));
  const root = h("span", { class: "menu" }, opener, list);
  const open = (on) => { list.hidden = !on; opener.setAttribute("aria-expanded", String(on)); };
  for (const option of element.options) {
    const item = h("button", { class: "popup-item", role: "menuitem", type: "button" }, textNodes(option.text));
    item.addEventListener("click", async () => {
      open(false);
      if (option.url) window.open(option.url, "_blank", "noopener");
      if (await confirmed(element.confirm)) holder.act(block, element, option.value, opener);
    });
    list.append(item);
  }
  opener.addEventListener("click", () => { open(list.hidden); if (!list.hidden) { list.firstChild.focus(); list.scrollIntoView({ block: "nearest" }); } });
  list.addEventListener("keydown", (event) => arrows(list, event));
  closing(root, () => { if (!list.hidden) { open(false); opener.focus(); } });
  return root;
}

export function multiMenu(holder, block, element, changed, label) {
  const options = element.options ?? element.option_groups.flatMap((g) => g.options);
  const held = holder.value(block, element) ?? [];
  const node = h("div", { class: "input multi", role: "group", "aria-label": label });
  const change = changed(holder, block, element, node);
  const inputs = options.map((o) => h("input", { type: "checkbox", value: o.value, checked: held.includes(o.value), "data-action": element.action_id }));
  const limit = () => {
    const on = inputs.filter((i) => i.checked);
    const full = on.length >= (element.max_selected_items ?? Infinity);
    inputs.forEach((i) => { i.disabled = full && !i.checked; });
    return on.map((i) => i.value);
  };
  inputs.forEach((i) => i.addEventListener("change", () => change(limit())));
  limit();
  node.append(...options.map((o, n) => h("label", { class: "choice" }, inputs[n], h("span", {}, textNodes(o.text)))));
  return node;
}

/* An external select: type, and the app offers; arrows and Enter choose. */
export function searchMenu(holder, block, element, changed, label, fieldId, several = false) {
  const state = { options: [], at: -1, asked: 0 };
  const id = `list-${holder.key}-${block.block_id}-${element.action_id}`;
  const list = h("div", { class: "popup", role: "listbox", id, hidden: true, "aria-label": label });
  const input = h("input", {
    class: "input search", type: "text", role: "combobox", autocomplete: "off", placeholder: element.placeholder?.text ?? "Type to search",
    "aria-label": label, "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list",
    "data-focus": `${block.block_id}/${element.action_id}`, "data-action": element.action_id, id: fieldId,
  });
  const chips = h("div", { class: "chips" });
  const root = h("div", { class: "menu search-menu" }, several ? chips : null, input, list);
  const change = changed(holder, block, element, input);
  const names = labels(holder, element);
  const held = () => holder.value(block, element);

  const open = (on) => { list.hidden = !on; input.setAttribute("aria-expanded", String(on)); };
  const settle = () => {
    if (several) showChips(chips, held() ?? [], names, (value) => pick({ value }, true));
    else input.value = held() ? names.get(held()) ?? held() : "";
  };
  const pick = async (option, remove = false) => {
    if (option.text) names.set(option.value, option.text.text);
    const others = (held() ?? []);
    const next = several ? (remove ? others.filter((v) => v !== option.value) : [...new Set([...others, option.value])]) : option.value;
    open(false);
    if (several) input.value = "";
    await change(next);
    settle();
  };
  const ask = async () => {
    const turn = ++state.asked;
    list.replaceChildren(h("div", { class: "popup-note" }, "Searching …"));
    open(true);
    const answer = await holder.suggest(element, input.value);
    if (turn !== state.asked || list.hidden) return;
    state.at = -1;
    state.options = fill(list, answer, pick);
    list.scrollIntoView({ block: "nearest" });
  };
  let waiting;
  const later = () => {
    clearTimeout(waiting);
    if (input.value.length < (element.min_query_length ?? 3)) open(false);
    else waiting = setTimeout(ask, PAUSE);
  };
  input.addEventListener("input", later);
  input.addEventListener("focus", () => { input.select(); if (!(element.min_query_length ?? 3)) { input.value = ""; ask(); } });
  input.addEventListener("keydown", (event) => steer(event, state, list, input, pick));
  closing(root, () => { if (!list.hidden) open(false); settle(); });
  settle();
  return root;
}

function labels(holder, element) {
  const known = [element.initial_option, ...(element.initial_options ?? [])].filter(Boolean);
  holder.names ??= new Map();
  known.forEach((o) => holder.names.set(o.value, o.text.text));
  return holder.names;
}

function showChips(chips, values, names, remove) {
  chips.replaceChildren(...values.map((value) => {
    const name = names.get(value) ?? value;
    const off = h("button", { class: "plain", type: "button", "aria-label": `Remove ${name}`, onclick: () => remove(value) }, icon(ICONS.close));
    return h("span", { class: "chip" }, name, off);
  }));
}

/* Put an answer's options into the list; returns them in the order shown. */
function fill(list, answer, pick) {
  const groups = answer.option_groups?.length ? answer.option_groups : [{ options: answer.options ?? [] }];
  const shown = [];
  list.replaceChildren();
  for (const group of groups) {
    if (group.label) list.append(h("div", { class: "popup-head" }, group.label.text));
    for (const option of group.options) {
      const more = option.description ? h("div", { class: "muted small-words" }, textNodes(option.description)) : null;
      const item = h("div", { class: "popup-item", role: "option", id: `${list.id}-${shown.length}` }, textNodes(option.text), more);
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); pick(option); });
      list.append(item);
      shown.push(option);
    }
  }
  if (!shown.length) list.append(h("div", { class: "popup-note" }, answer.ok ? "No results" : "Result loading failed"));
  return shown;
}

function steer(event, state, list, input, pick) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const items = [...list.querySelectorAll("[role=option]")];
  if (step && items.length && !list.hidden) {
    event.preventDefault();
    state.at = (state.at + step + items.length) % items.length;
    items.forEach((item, n) => item.setAttribute("aria-selected", String(n === state.at)));
    items[state.at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[state.at].id);
  } else if (event.key === "Enter" && !list.hidden) {
    event.preventDefault();
    const option = state.options[Math.max(state.at, 0)];
    if (option) pick(option);
  }
}
