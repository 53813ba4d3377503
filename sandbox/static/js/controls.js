/* The interactive elements of Block Kit, on native controls wherever there is one. */
import { multiMenu, searchMenu, overflowMenu } from "./menus.js";
import { confirmed } from "./dialogs.js";
import { h } from "./dom.js";
import { conversationIn, follow } from "./links.js";
import { textNodes } from "./mrkdwn.js";
import { store } from "./store.js";

const PAUSE = 700;

/* Put a value into its field; tell the app when this element does that by itself. */
function changed(holder, block, element, node) {
  return async (value) => {
    const before = holder.value(block, element);
    holder.put(block, element, value);
    if (block.type === "input" && !block.dispatch_action) return;
    if (await confirmed(element.confirm)) holder.act(block, element, value, node);
    else holder.put(block, element, before);
  };
}

function labelOf(block, element) {
  return element.accessibility_label ?? element.placeholder?.text ?? block.label?.text ?? element.action_id;
}

function focusKey(block, element) {
  return `${block.block_id}/${element.action_id}/${element.value ?? ""}`;
}

function button(holder, block, element) {
  const look = element.style ? ` button-${element.style}` : "";
  const props = {
    class: `button${look}`, type: "button", "aria-label": element.accessibility_label,
    "data-focus": focusKey(block, element), "data-action": element.action_id,
  };
  const node = h("button", props, textNodes(element.text));
  node.addEventListener("click", async () => {
    if (node.getAttribute("aria-busy") || !(await confirmed(element.confirm))) return;
    if (element.url) follow(element.url);
    holder.act(block, element, element.value ?? null, node);
  });
  if (element.url && conversationIn(element.url) === null) {
    node.append(h("span", { class: "unseen" }, " (opens a new window)"));
  }
  return node;
}

function optionNode(option, chosen) {
  return h("option", { value: option.value, selected: option.value === chosen }, option.text.text);
}

function select(holder, block, element, options, groups) {
  const chosen = holder.value(block, element);
  const empty = element.placeholder?.text ?? "Choose an option";
  const node = h("select", {
    class: "select", "aria-label": labelOf(block, element), id: fieldId(holder, block),
    "data-focus": focusKey(block, element), "data-action": element.action_id,
  });
  node.append(h("option", { value: "", disabled: block.type !== "input" || !block.optional, selected: chosen === null }, empty));
  if (options) node.append(...options.map((o) => optionNode(o, chosen)));
  for (const group of groups ?? []) {
    node.append(h("optgroup", { label: group.label.text }, group.options.map((o) => optionNode(o, chosen))));
  }
  const change = changed(holder, block, element, node);
  node.addEventListener("change", () => change(node.value || null));
  return node;
}

function staticSelect(holder, block, element) {
  return select(holder, block, element, element.options, element.option_groups);
}

function people() {
  return store.people.map((p) => ({ text: { text: p.name }, value: p.id }));
}

function channels() {
  const own = store.screen.conversations.filter((c) => !c.is_im);
  return own.map((c) => ({ text: { text: `#${c.name}` }, value: c.id }));
}

function picker(type) {
  return (holder, block, element) => {
    const node = h("input", {
      class: "input picker", type, id: fieldId(holder, block), value: holder.value(block, element) ?? "",
      "aria-label": labelOf(block, element), "data-focus": focusKey(block, element),
      "data-action": element.action_id,
    });
    const change = changed(holder, block, element, node);
    let waiting;
    // A field is filled at once, so that Enter sends what is seen; the app is told when typing rests.
    const quiet = block.type === "input" && !block.dispatch_action;
    const later = () => {
      clearTimeout(waiting);
      if (quiet) change(node.value || null);
      else waiting = setTimeout(() => change(node.value || null), PAUSE);
    };
    node.addEventListener("change", later);
    return node;
  };
}

function dateTimePicker(holder, block, element) {
  const seconds = holder.value(block, element);
  const node = h("input", { class: "input picker", type: "datetime-local", "aria-label": labelOf(block, element) });
  if (seconds) node.value = new Date(seconds * 1000 - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 16);
  const change = changed(holder, block, element, node);
  node.addEventListener("change", () => change(node.value ? new Date(node.value).getTime() / 1000 : null));
  return node;
}

function choices(type) {
  return (holder, block, element) => {
    const several = type === "checkbox";
    const held = holder.value(block, element);
    const isOn = (o) => (several ? (held ?? []).includes(o.value) : held === o.value);
    const name = `${holder.key}/${block.block_id}/${element.action_id}`;
    const node = h("div", { class: "choices", role: several ? "group" : "radiogroup", "aria-label": labelOf(block, element) });
    const change = changed(holder, block, element, node);
    const inputs = element.options.map((o) => h("input", {
      type, name, value: o.value, checked: isOn(o), "data-focus": `${name}/${o.value}`, "data-action": element.action_id,
    }));
    const on = () => inputs.filter((i) => i.checked).map((i) => i.value);
    inputs.forEach((i) => i.addEventListener("change", () => change(several ? on() : i.value)));
    node.append(...element.options.map((o, n) => choiceRow(inputs[n], o)));
    return node;
  };
}

function choiceRow(input, option) {
  const more = option.description ? h("span", { class: "muted" }, textNodes(option.description)) : null;
  return h("label", { class: "choice" }, input, h("span", {}, textNodes(option.text), more));
}

const TEXT_TYPES = { email_text_input: "email", url_text_input: "url", number_input: "number" };

function textInput(holder, block, element) {
  const long = element.multiline;
  const node = h(long ? "textarea" : "input", {
    class: "input", id: fieldId(holder, block), placeholder: element.placeholder?.text, rows: long ? 5 : null,
    type: long ? null : TEXT_TYPES[element.type] ?? "text", maxlength: element.max_length,
    step: element.is_decimal_allowed ? "any" : null, autocomplete: "off",
    "aria-label": block.type === "input" ? null : labelOf(block, element),
    "data-focus": focusKey(block, element), "data-action": element.action_id,
    autofocus: element.focus_on_load,
  });
  node.value = holder.value(block, element) ?? "";
  node.addEventListener("input", () => holder.put(block, element, node.value || null));
  if (block.dispatch_action && !long) {
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      holder.act(block, element, node.value || null, node);
    });
  }
  return node;
}

/* What a label points at; only an input block has one. */
export function fieldId(holder, block) {
  return block.type === "input" ? `field-${holder.key}-${block.block_id}` : null;
}

const CONTROLS = {
  button,
  overflow: (holder, block, element) => overflowMenu(holder, block, element),
  static_select: staticSelect,
  users_select: (holder, block, element) => select(holder, block, element, people()),
  channels_select: (holder, block, element) => select(holder, block, element, channels()),
  conversations_select: (holder, block, element) => select(holder, block, element, channels()),
  external_select: (holder, block, element) => searchMenu(holder, block, element, changed, labelOf(block, element), fieldId(holder, block)),
  multi_static_select: (holder, block, element) => multiMenu(holder, block, element, changed, labelOf(block, element)),
  multi_external_select: (holder, block, element) => searchMenu(holder, block, element, changed, labelOf(block, element), fieldId(holder, block), true),
  multi_users_select: (holder, block, element) => multiMenu(holder, block, { ...element, options: people() }, changed, labelOf(block, element)),
  multi_channels_select: (holder, block, element) => multiMenu(holder, block, { ...element, options: channels() }, changed, labelOf(block, element)),
  multi_conversations_select: (holder, block, element) => multiMenu(holder, block, { ...element, options: channels() }, changed, labelOf(block, element)),
  datepicker: picker("date"),
  timepicker: picker("time"),
  datetimepicker: dateTimePicker,
  checkboxes: choices("checkbox"),
  radio_buttons: choices("radio"),
};

export function control(holder, block, element) {
  return (CONTROLS[element.type] ?? textInput)(holder, block, element);
}
