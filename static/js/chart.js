// Draws the charts of a page, after everything else has loaded. The table beside each chart carries the figures;
// the drawing is a picture of them with a name.

const NARROW = 480;
// Pixels: a wide drawing, a narrow one without its legend, and a line of that, which stands above it there.
const HEIGHT = 400;
const NARROW_HEIGHT = 290;
const LEGEND_LINE = 19;

// plotly.js writes two style elements as it loads, which the content security policy refuses. It leaves them out where
// an element with the right id exists; the rules it needs are in static/css/_charts.scss.
function standInForStyles() {
  for (const id of ["plotly.js-style-global", "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53"]) {
    const standIn = document.createElement("template");
    standIn.id = id;
    standIn.className = "no-inline-styles";
    document.head.append(standIn);
  }
}

function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => resolve(window.Plotly));
    script.addEventListener("error", () => reject(new Error(`The chart library did not load: ${address}`)));
    document.head.append(script);
  });
}

function layoutFor(plot, { data, layout = {} }) {
  const narrow = plot.clientWidth < NARROW;
  const page = getComputedStyle(plot);
  const named = data.filter((trace) => trace.showlegend !== false).length;
  return {
    ...layout,
    autosize: true,
    dragmode: false,
    height: layout.height ?? (narrow ? NARROW_HEIGHT + named * LEGEND_LINE : HEIGHT),
    font: { ...layout.font, family: page.fontFamily, color: page.color, size: narrow ? 12 : 14 },
  };
}

function draw(plotly, chart) {
  const plot = chart.querySelector(".app-chart__plot");
  const figure = JSON.parse(chart.querySelector('script[type="application/json"]').textContent);
  plot.classList.add("app-chart__plot--drawn");
  return plotly.newPlot(plot, figure.data, layoutFor(plot, figure), {
    displayModeBar: false,
    responsive: true,
    scrollZoom: false,
  });
}

async function drawAll() {
  const charts = [...document.querySelectorAll("[data-chart]")];
  standInForStyles();
  const plotly = await load(charts[0].dataset.chart);
  await Promise.all(charts.map((chart) => draw(plotly, chart)));
}

if (document.readyState === "complete") {
  drawAll();
} else {
  window.addEventListener("load", drawAll, { once: true });
}
