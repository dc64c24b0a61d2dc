// Tables of lines: rows come and go, amounts are shown as you type. The server counts again.

export function startLines() {
  document.addEventListener("click", onClick);
  document.addEventListener("input", (event) => {
    const table = event.target.closest("[data-lines]");
    if (table) count(table);
  });
  document.querySelectorAll("[data-lines]").forEach(count);
  document.body.addEventListener("htmx:afterSettle", () => document.querySelectorAll("[data-lines]").forEach(count));
}

function onClick(event) {
  const table = event.target.closest("[data-lines]");
  if (!table) return;
  if (event.target.closest("[data-line-add]")) add(table);
  const remove = event.target.closest("[data-line-remove]");
  if (remove) {
    const row = remove.closest("[data-line]");
    const next = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    (next?.querySelector("[data-line-remove]") || table.querySelector("[data-line-add]")).focus();
    table.closest("form")?.classList.add("is-dirty");
    count(table);
  }
}

function add(table) {
  const used = [...table.querySelectorAll("tbody [name]")].map((one) => Number(one.name.split("-")[1])).filter(Number.isInteger);
  const next = used.length ? Math.max(...used) + 1 : 0;
  const holder = document.createElement("tbody");
  holder.innerHTML = table.querySelector("template").innerHTML.replaceAll("__n__", String(next));
  const row = holder.firstElementChild;
  table.querySelector("tbody").append(row);
  row.querySelector("input:not([type=hidden]), select").focus();
}

// Whole numbers only: 1.5 × 19.99 becomes 1500 × 1999, rounded half up as the server does.
function scaled(text, places) {
  const clean = text.normalize("NFKC").replace(/[,\s¥]/g, "");
  const match = /^(\d+)(?:\.(\d*))?$/.exec(clean);
  if (!match || (match[2] || "").length > places) return null;
  return BigInt(match[1] + (match[2] || "").padEnd(places, "0"));
}

// What a field left empty stands for, as the server said it last: <data data-preset-for="name" value="…">.
function presetOf(field) {
  const said = field.form?.querySelector(`[data-preset-for="${field.name}"]`);
  field.placeholder = said?.value ?? "";
  return said ? scaled(said.value, 2) : null;
}

function amount(row) {
  const read = (name, places, preset) => {
    const field = row.querySelector(`[data-sum="${name}"]`);
    return field && field.value.trim() ? scaled(field.value, places) : preset;
  };
  const quantity = read("quantity", 3, null);
  const priceField = row.querySelector('[data-sum="price"]');
  const price = read("price", 2, priceField && presetOf(priceField));
  const discount = read("discount", 3, 0n);
  if (quantity === null || price === null || discount === null || discount > 100000n) return null;
  const exact = quantity * price * (100000n - discount);
  return (exact + 50000000n) / 100000000n;
}

const begun = (row) => [...row.querySelectorAll("[data-sum], [data-picked]")].some((field) => field.value.trim());

function text(cents) {
  const whole = (cents / 100n).toLocaleString(document.documentElement.lang);
  return `${whole}.${String(cents % 100n).padStart(2, "0")}`;
}

function count(table) {
  const total = table.querySelector("[data-line-total]");
  if (!total) return;
  let sum = 0n;
  let known = true;
  for (const row of table.querySelectorAll("tbody [data-line]")) {
    const cents = amount(row);
    row.querySelector("[data-line-amount]").textContent = cents === null ? "" : text(cents);
    sum += cents ?? 0n;
    known &&= cents !== null || !begun(row);
  }
  const currency = total.dataset.currency;
  total.textContent = !known ? "" : `${currency === "CNY" ? "¥" : `${currency} `}${text(sum)}`;
}
