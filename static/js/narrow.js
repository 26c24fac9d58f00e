// A field that narrows a long list of check boxes by what is typed. What is ticked always stays in sight.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

function fieldFor(list) {
  const id = `${list.closest("[id]").id}-find`;
  const label = Object.assign(document.createElement("label"), { className: "govuk-label", htmlFor: id });
  const field = Object.assign(document.createElement("input"), { className: "govuk-input", id, type: "search" });
  const none = Object.assign(document.createElement("p"), { className: "govuk-hint", role: "status" });
  label.textContent = list.dataset.narrowLabel;
  field.autocomplete = "off";
  list.before(label, field, none);
  // Sending the form by the enter key would surprise whoever only searches.
  field.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  field.addEventListener("input", () => narrow(list, plain(field.value.trim()), none));
}

function narrow(list, wanted, none) {
  let shown = 0;
  for (const group of list.querySelectorAll("fieldset")) {
    const items = [...group.querySelectorAll(".govuk-checkboxes__item")];
    for (const item of items) {
      item.hidden = !plain(item.textContent).includes(wanted) && !item.querySelector("input").checked;
      shown += !item.hidden;
    }
    group.hidden = items.every((item) => item.hidden);
  }
  none.textContent = shown ? "" : list.dataset.narrowNone;
}

document.querySelectorAll("[data-narrow]").forEach(fieldFor);
