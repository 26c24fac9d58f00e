// Follows a run: moves the bar, says now and then how far it is, and shows the page anew when it is over.
const EVERY = 1000;
const SAY_EVERY = 10000;
const run = document.querySelector("[data-progress]");
let saidAt = 0;

function show({ done, total }) {
  run.querySelector("progress").value = total ? (100 * done) / total : 0;
  run.querySelector("[data-done]").textContent = done.toLocaleString();
  run.querySelector("[data-total]").textContent = total.toLocaleString();
  if (Date.now() - saidAt > SAY_EVERY) {
    run.querySelector("[data-said]").textContent = `${done} / ${total}`;
    saidAt = Date.now();
  }
}

async function look() {
  try {
    const seen = await (await fetch(run.dataset.progress, { headers: { Accept: "application/json" } })).json();
    if (seen.state !== run.dataset.state) {
      window.location.reload();
      return;
    }
    show(seen);
  } catch {
    // The network comes back, or the page is left.
  }
  setTimeout(look, EVERY);
}

if (run) setTimeout(look, EVERY);
