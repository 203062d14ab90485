// Small comforts. Every page works without them; nothing is stored.

const PAUSE = 8000; // after this many milliseconds a form that led nowhere may be sent again

// How many characters are left.
for (const counter of document.querySelectorAll("[data-counts]")) {
  const field = document.getElementById(counter.dataset.counts);
  const max = Number(counter.dataset.max);
  const start = counter.textContent;
  const show = () => {
    const length = [...field.value].length;
    const left = max - length;
    counter.classList.toggle("over", left < 0);
    const words = left < 0 ? counter.dataset.over : counter.dataset.left;
    counter.textContent = length === 0 ? start : words.replace("{n}", Math.abs(left).toLocaleString("ja"));
  };
  if (field) {
    field.addEventListener("input", show);
    show();
  }
}

// A second tap on the same button does not send again. The server counts one anyway.
const release = (form) => {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[type=submit]")) button.removeAttribute("aria-disabled");
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (event.defaultPrevented) return;
  form.dataset.sent = "1";
  for (const button of form.querySelectorAll("[type=submit]")) button.setAttribute("aria-disabled", "true");
  setTimeout(release, PAUSE, form);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

// What has to be put right is read first.
document.getElementById("error-summary")?.focus();

// Leaving takes this page out of the way back.
for (const link of document.querySelectorAll("[data-close-page]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(link.href);
  });
}
