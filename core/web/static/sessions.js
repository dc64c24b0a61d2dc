// A session that ended while somebody typed: the form stays and says so; after the person has
// signed in elsewhere it is sent with a fresh token.

export function startSessions() {
  document.body.addEventListener("htmx:beforeOnLoad", (event) => {
    const { elt, xhr } = event.detail;
    const form = elt.closest("form[method=post]") || document.querySelector("form.is-dirty");
    const token = xhr.getResponseHeader("Form-Token");
    if (!form || xhr.status !== 401 && !token) return;
    if (xhr.status === 401) tell(form, xhr.responseText, elt === form);
    else if (!renew(form, token, event.detail)) return;
    event.preventDefault();
  });
}

function tell(form, message, focus) {
  form.querySelector("[data-signed-out]")?.remove();
  form.insertAdjacentHTML("afterbegin", message);
  if (focus) form.querySelector("[data-signed-out]").focus();
}

function renew(form, token, { elt, requestConfig }) {
  document.querySelectorAll("input[name=csrf_token]").forEach((field) => { field.value = token; });
  form.querySelector("[data-signed-out]")?.remove();
  if (elt !== form) return true;
  if (form.renewed) return false;
  form.renewed = true;
  // After this turn, because until then the form counts as being sent.
  setTimeout(() => form.requestSubmit(requestConfig.triggeringEvent?.submitter));
  return true;
}
