// Follows a run: moves the bar, says now and then how far it is, and shows the page anew when its state is another.
const EVERY = 1000;
const SAY_EVERY = 10000;
const run = document.querySelector("[data-progress]");
const numbers = new Intl.NumberFormat(document.documentElement.lang);
let saidAt = 0;

function show({ done, total }) {
  const counted = run.querySelector("[data-counted]");
  if (!counted || !total) return;
  run.querySelector("progress").value = (100 * done) / total;
  run.querySelector("[data-done]").textContent = numbers.format(done);
  run.querySelector("[data-total]").textContent = numbers.format(total);
  counted.hidden = false;
  if (Date.now() - saidAt > SAY_EVERY) {
    run.querySelector("[data-said]").textContent = counted.textContent;
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
