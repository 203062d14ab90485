// Leaving at once: a click, or Shift three times outside a field of text. Without this script the link does it.
// Nothing is stored. What a browser has written into its history stays there; the page says so.

const WITHIN = 5000; // milliseconds for three times Shift
const TIMES = 3;
const link = document.querySelector("[data-exit]");

if (link) {
  let pressed = [];
  let timer;
  const keys = document.querySelector("[data-exit-keys]");
  const count = document.querySelector("[data-exit-count]");
  if (keys) keys.hidden = false;

  const show = () => {
    if (!count) return;
    const left = TIMES - pressed.length;
    count.textContent = pressed.length ? "●".repeat(pressed.length) + "○".repeat(left) : "";
    if (pressed.length) count.append(" ", count.dataset.left.replace("{n}", left));
  };
  const forget = () => {
    pressed = [];
    clearTimeout(timer);
    show();
  };

  // The screen is empty before the next page answers, also on a slow line. What was typed is gone first.
  const leave = () => {
    for (const form of document.forms) form.reset();
    for (const box of document.querySelectorAll("textarea")) box.value = "";
    document.documentElement.classList.add("leaving");
    const words = document.createElement("p");
    words.className = "leaving-words";
    words.setAttribute("role", "alert");
    words.textContent = link.dataset.leaving;
    document.body.replaceChildren(words);
    location.replace(link.href);
  };

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  // Shift is also how capitals and some kana are typed, so a field of text never counts, and any other key
  // ends the counting.
  const writes = (target) =>
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=submit], [type=file])"));
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") {
      if (pressed.length) forget();
      return;
    }
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || writes(event.target)) return;
    const now = Date.now();
    pressed = [...pressed.filter((at) => now - at < WITHIN), now];
    clearTimeout(timer);
    timer = setTimeout(forget, WITHIN - (now - pressed[0]));
    if (pressed.length >= TIMES) leave();
    else show();
  });

  // A browser that kept the left page in memory must not show it again.
  addEventListener("pageshow", (event) => {
    if (event.persisted && document.documentElement.classList.contains("leaving")) location.replace(link.href);
  });
}
