// Quick hide: twice Escape blanks the screen at once, and the neutral page takes this one's place, so that
// "back" does not show it. Without this script the link does it.

const TWICE = 1500; // milliseconds
let escaped = -TWICE;
const way = document.querySelector("[data-hide]");

function hide() {
  document.documentElement.hidden = true;
  location.replace(way.href);
}

if (way) {
  way.addEventListener("click", (event) => {
    event.preventDefault();
    hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    if (event.timeStamp - escaped < TWICE) hide();
    escaped = event.timeStamp;
  });
  // A browser that kept the page in memory must not show it again.
  addEventListener("pageshow", (event) => {
    if (event.persisted && document.documentElement.hidden) location.replace(way.href);
  });
}
