// Starts the GOV.UK Frontend components of a page. Without it every page still works.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

// The address comes from the page, because built files carry a fingerprint in production.
const frontend = await import(document.querySelector('link[rel="modulepreload"]').href);
frontend.initAll();
