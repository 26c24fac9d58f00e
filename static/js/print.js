// Opens the browser's dialogue for printing. The button is shown only where scripts run (static/css/_plan.scss).
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
