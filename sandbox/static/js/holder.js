/* A message or view as the place where something is done: what stands in its fields, and acting. */
import { act } from "./api.js";
import { store } from "./store.js";
import { failed } from "./toasts.js";

const typed = new Map();

/* What an element holds before anybody touches it. */
export function initialValue(element) {
  if (element.initial_option) return element.initial_option.value;
  if (element.initial_options) return element.initial_options.map((o) => o.value);
  const key = Object.keys(element).find((k) => k.startsWith("initial_"));
  return key ? element[key] : null;
}

export class Holder {
  /* `where` is { view_id } or { channel, ts }. */
  constructor(where, data) {
    this.where = where;
    this.key = `${store.user}/${where.view_id ?? `${where.channel}/${where.ts}`}`;
    this.entered = data.entered ?? {};
    this.onDone = () => {};
  }

  fields() {
    if (!typed.has(this.key)) typed.set(this.key, {});
    return typed.get(this.key);
  }

  value(block, element) {
    for (const held of [this.fields(), this.entered]) {
      const fields = held[block.block_id];
      if (fields && element.action_id in fields) return fields[element.action_id];
    }
    return initialValue(element);
  }

  put(block, element, value) {
    (this.fields()[block.block_id] ??= {})[element.action_id] = value;
  }

  /* Click or choose; `node` shows that it is under way, and whether it failed. */
  async act(block, element, value, node) {
    node?.setAttribute("aria-busy", "true");
    node?.classList.remove("failed");
    const outcome = await act("click", {
      user: store.user,
      ...this.where,
      action_id: element.action_id,
      block_id: block.block_id,
      value,
      entered: this.fields(),
    });
    node?.removeAttribute("aria-busy");
    if (!outcome.ok) {
      node?.classList.add("failed");
      failed(`That didn't reach ${store.app.name} (${outcome.error}).`);
    }
    this.onDone(outcome);
    return outcome;
  }

  suggest(element, query) {
    return act("suggest", { user: store.user, ...this.where, action_id: element.action_id, query });
  }
}
