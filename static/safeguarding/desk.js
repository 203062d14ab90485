// Quick hide, and keeping a call while it is typed. Every page works without this.

let escaped = 0;
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const now = Date.now();
  const way = document.querySelector("[data-hide]");
  if (way && now - escaped < 1500) location.replace(way.href);
  escaped = now;
});

const form = document.querySelector("form[data-keeps]");
if (form) {
  const told = document.querySelector("[data-kept]");
  let timer = 0;
  let waiting = false;
  const keep = async () => {
    waiting = false;
    const data = new FormData(form);
    data.set("step", "keep");
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
      told.textContent = answer.ok ? form.dataset.keeps : form.dataset.lost;
    } catch {
      told.textContent = form.dataset.lost;
    }
  };
  form.addEventListener("input", () => {
    if (waiting) return;
    waiting = true;
    timer = setTimeout(keep, 1500);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}
