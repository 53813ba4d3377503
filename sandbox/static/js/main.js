/* The page: read what there is, show it, and show it again after every change. */
import { act, listen, read } from "./api.js";
import { buildComposer, showComposer } from "./composer.js";
import { byId } from "./dom.js";
import { showHeader, title } from "./header.js";
import { showAbout, showHome } from "./home.js";
import { showMailbox } from "./mailbox.js";
import { showMessages } from "./messages.js";
import { keepEscape, showModals } from "./modals.js";
import { showNotices } from "./notices.js";
import { showSidebar } from "./sidebar.js";
import { isAppConversation, markRead, readAddress, store, writeAddress } from "./store.js";

const FILE_PAUSE = 700;
let reading = false;
let again = false;

function showPanel() {
  const panel = byId("panel");
  const tab = isAppConversation() ? store.tab : "messages";
  panel.setAttribute("aria-label", tab === "messages" ? "Messages" : tab);
  panel.dataset.tab = tab;
  if (tab === "home") return showHome(panel, store.screen.home);
  if (tab === "about") return showAbout(panel);
  if (tab === "mailbox") return showMailbox(panel);
  if (document.body.dataset.pane !== "list") markRead(store.channel, store.screen.messages.at(-1)?.ts ?? "");
  return showMessages(panel, store.screen.messages);
}

function show() {
  showHeader(choose);
  showPanel();
  showNotices(choose);
  showSidebar(choose);
  showComposer(title());
  showModals(store.screen.modals);
  const waiting = store.screen.messages.some((m) => m.files.some((f) => !f.ready && !f.deleted));
  if (waiting) setTimeout(refresh, FILE_PAUSE);
}

/* Read the screen; changes that come meanwhile cause one more reading. */
async function refresh() {
  if (reading) { again = true; return; }
  reading = true;
  try {
    do {
      again = false;
      await readOnce();
    } while (again);
  } finally {
    reading = false;
  }
}

async function readOnce() {
  const { user, channel } = store;
  const screen = await read("state", { user, channel });
  if (user !== store.user || channel !== store.channel) { again = true; return; }
  if (screen.conversations) {
    store.screen = screen;
    store.channel = screen.channel;
    writeAddress();
    show();
  } else if (channel) {
    store.channel = "";
    again = true;
  }
}

/* Go somewhere else: another person, conversation or tab. */
function choose({ user, channel, tab, pane }) {
  const before = [store.user, store.channel, store.tab].join();
  if (pane) document.body.dataset.pane = pane;
  if (user) store.user = user;
  if (channel !== undefined && channel !== store.channel) { store.channel = channel; store.tab = "messages"; }
  if (tab) store.tab = tab;
  writeAddress();
  const moved = before !== [store.user, store.channel, store.tab].join();
  if (moved && (tab === "home" || tab === "messages")) act("home", { user: store.user, tab: store.tab });
  if (store.screen && !user && channel === undefined) show();
  refresh();
  if (pane === "conversation") byId("panel").focus({ preventScroll: true });
}

async function begin() {
  Object.assign(store, await read("people"));
  readAddress();
  buildComposer();
  keepEscape(() => store.screen?.modals ?? []);
  listen(refresh);
  await refresh();
  if (isAppConversation() && store.tab === "home") act("home", { user: store.user, tab: "home" });
  window.addEventListener("hashchange", () => { readAddress(); refresh(); });
}

begin();
