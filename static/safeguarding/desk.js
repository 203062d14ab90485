// Quick hide, and keeping a call while it is typed. Every page works without this.

// Twice Escape blanks the screen at once; the neutral page takes this one's place, so that "back" does not show it.
const TWICE = 1500;
let escaped = -TWICE;
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  const way = document.querySelector("[data-hide]");
  if (way && event.timeStamp - escaped < TWICE) {
    document.documentElement.hidden = true;
    keepBeforeLeaving();
    location.replace(way.href);
  }
  escaped = event.timeStamp;
});

const form = document.querySelector("form[data-keeps]");
const AFTER_TYPING = 1200;
const TRY_AGAIN = 4000;
let changed = false;
let looks = false;
let busy = false;
let leaving = false;
let timer = 0;

function typed(step) {
  const data = new FormData(form);
  data.set("step", step);
  return data;
}

function keepBeforeLeaving() {
  if (!form || !changed) return;
  fetch(form.action, { method: "POST", body: typed("keep"), headers: { Accept: "application/json" }, keepalive: true });
}

// One at a time, so that an older state never arrives after a newer one; what failed is tried again.
async function keep() {
  if (busy || leaving || !(changed || looks)) return;
  const told = document.querySelector("[data-kept]");
  const step = looks ? "look" : "keep";
  busy = true;
  changed = looks = false;
  let kept = false;
  let gone = false;
  try {
    const answer = await fetch(form.action, { method: "POST", body: typed(step), headers: { Accept: "application/json" } });
    gone = answer.status === 409;
    kept = answer.ok && (answer.headers.get("Content-Type") || "").startsWith("application/json");
    const { alike, at } = kept ? await answer.json() : {};
    if (kept) told.textContent = `${form.dataset.keeps} ${at}`;
    if (alike !== undefined) document.querySelector("[data-alike]").innerHTML = alike;
  } catch { /* no connection: told below, and tried again */ }
  busy = false;
  if (leaving) return;
  if (!kept) {
    told.textContent = gone ? form.dataset.gone : form.dataset.lost;
    changed = true;
  }
  if (gone) return; // nothing but a press of the button helps: it shows the page on which all can be kept anew
  if (changed || looks) schedule(kept ? AFTER_TYPING : TRY_AGAIN);
}

function schedule(after) {
  clearTimeout(timer);
  timer = setTimeout(keep, after);
}

if (form) {
  form.addEventListener("input", () => {
    // Not put off by every key: whoever types without a pause is kept, too.
    if (!changed) schedule(AFTER_TYPING);
    changed = true;
  });
  form.addEventListener("change", (event) => {
    if (!event.target.closest("[data-looks]") || !event.target.value) return;
    looks = true;
    schedule(0);
  });
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
  });
  window.addEventListener("pagehide", () => leaving || keepBeforeLeaving());
}
