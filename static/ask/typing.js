// The three layers while a worry is being written. Text goes out in the body of a request, is kept nowhere,
// and a failed request changes nothing: the button below the box gives the same answer.

const WAIT = 600; // milliseconds after the last stroke
const FEWEST = 8; // characters

for (const form of document.querySelectorAll("form[data-typed-url]")) {
  const box = form.querySelector("textarea[name=text]");
  const target = document.getElementById(form.dataset.typedTarget);
  if (box && target) watch(form, box, target);
}

// What else was told, for the same answer as after posting; never a token.
function told(form) {
  const all = new FormData(form);
  return ["age", "board", "district"].map((name) => [name, all.get(name) ?? ""]);
}

function watch(form, box, target) {
  let timer;
  let running;
  let asked = box.value;
  box.addEventListener("input", (event) => {
    if (event.isComposing) return;
    later();
  });
  box.addEventListener("compositionend", later);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    running?.abort();
  });

  function later() {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  }

  async function ask() {
    const text = box.value;
    if (text === asked || [...text.trim()].length < FEWEST) return;
    running?.abort();
    running = new AbortController();
    try {
      const answer = await fetch(form.dataset.typedUrl, {
        method: "POST",
        body: new URLSearchParams([["text", text], ...told(form)]),
        credentials: "same-origin",
        signal: running.signal,
      });
      asked = text;
      if (answer.status === 200) show(await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") asked = "";
    }
  }

  // Somebody who is reading inside the answer keeps it; what was unfolded stays unfolded; a shorter answer
  // keeps the height of the longer one, so that nothing on the screen jumps.
  function show(html) {
    if (target.contains(document.activeElement)) return;
    const unfolded = [...target.querySelectorAll("details[open]")].map((d) => d.parentElement.className);
    target.style.minHeight = `${target.offsetHeight}px`;
    target.innerHTML = html;
    for (const details of target.querySelectorAll("details")) {
      details.open = unfolded.includes(details.parentElement.className);
    }
  }
}
