/* The mailbox: what the app has e-mailed, to anybody. A mail's own HTML stands in a frame that may
   do nothing; all else is text. */
import { read } from "./api.js";
import { h } from "./dom.js";
import { person, store } from "./store.js";

const shown = new Map();
let list = null;

function part(title, ...content) {
  return h("details", { class: "mail-part" }, h("summary", {}, title), ...content);
}

function body(mail) {
  const rows = Object.entries(mail.headers).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)));
  const frame = mail.has_html && h("iframe", {
    class: "mail-html", sandbox: "", title: `${mail.subject}, as HTML`, src: `_sandbox/mails/${mail.number}/html`,
  });
  const text = h("pre", { class: "mail-text" }, mail.text);
  return [
    h("dl", { class: "mail-headers" }, rows),
    frame || text,
    frame && part("As plain text", text),
    mail.calendar && part("Event for the calendar", h("pre", { class: "mail-text" }, mail.calendar)),
    mail.files.length > 0 && h("p", { class: "muted" }, `Attached: ${mail.files.join(", ")}`),
  ];
}

function entry(mail) {
  const timeZone = person(store.user)?.tz;
  const when = new Intl.DateTimeFormat(undefined, { timeStyle: "short", timeZone }).format(mail.at * 1000);
  const summary = h("summary", { class: "mail-line" },
    h("b", { class: "mail-subject" }, mail.subject || "(no subject)"),
    h("span", { class: "muted" }, `to ${mail.to} · ${when}`));
  const details = h("details", { class: "mail", "data-number": mail.number }, summary);
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) details.append(...body(mail).filter(Boolean));
  });
  return details;
}

/* Mails stay where they are while new ones come on top: what is open stays open. */
export async function showMailbox(panel) {
  const { mailbox, mails } = await read("mails");
  if (panel.dataset.tab !== "mailbox") return;
  if (!mails.length) {
    list = null;
    shown.clear();
    const words = mailbox ? "E-mails that the app sends to parents and others stand here." : "This sandbox has no mail server.";
    panel.replaceChildren(h("div", { class: "home empty" }, h("h2", {}, "No e-mails yet"), h("p", {}, words)));
    return;
  }
  if (!list?.isConnected) {
    list = h("div", { class: "mails" });
    shown.clear();
    panel.replaceChildren(list);
  }
  for (const mail of mails) {
    if (shown.has(mail.number)) continue;
    shown.set(mail.number, entry(mail));
    list.prepend(shown.get(mail.number));
  }
}
