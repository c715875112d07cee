// Three views, files that are dropped anywhere, and the beginning.
function view(name) {
  for (const one of document.querySelectorAll("nav [data-view]")) {
    if (one.dataset.view === name) one.setAttribute("aria-current", "page");
    else one.removeAttribute("aria-current");
    at(one.dataset.view).hidden = one.dataset.view !== name;
  }
  if (name === "rules") editor.show(editor.findings);
}
for (const one of document.querySelectorAll("nav [data-view]")) one.addEventListener("click", () => view(one.dataset.view));

// A file goes where it belongs, wherever it is dropped; a browser left to itself would show it in the place of the page.
async function dropped(file) {
  const name = file.name.toLowerCase();
  const in_view = document.querySelector("nav [aria-current]").dataset.view;
  if (name.endsWith(".toml")) {
    const text = await text_of(file).catch(() => "");
    const is_rules = in_view === "rules" || /^\s*\[\s*ruleset\s*\]/m.test(text);
    view(is_rules ? "rules" : "one");
    await (is_rules ? rule_file(file) : open_profile(file));
  } else if (in_view === "rules") await rule_file(file);
  else if (in_view === "one" && name.endsWith(".json")) await open_profile(file);
  else {
    view("list");
    await choose(file);
  }
}
let over = 0;
function mark_drop(by) {
  over = Math.max(0, over + by);
  document.body.classList.toggle("over", over > 0);
}
window.addEventListener("dragenter", () => mark_drop(1));
window.addEventListener("dragleave", () => mark_drop(-1));
window.addEventListener("dragover", (event) => event.preventDefault());
window.addEventListener("drop", (event) => {
  event.preventDefault();
  mark_drop(-over);
  const [file] = event.dataTransfer.files;
  if (file !== undefined) dropped(file);
});

async function begun() {
  const missing = [
    ["WebAssembly", typeof WebAssembly],
    ["Worker", typeof Worker],
    ["DecompressionStream", typeof DecompressionStream],
  ].filter(([, kind]) => kind === "undefined").map(([name]) => name);
  if (missing.length > 0) {
    at("needs").textContent = `This browser has no ${missing.join(" and no ")}, which the page needs to run the program. A current Chrome, Edge, Firefox or Safari has it.`;
    return;
  }
  try {
    await use(own);
    at("needs").remove();
    for (const one of document.querySelectorAll(".waiting")) one.classList.remove("waiting");
    await begin();
    await draw();
  } catch (error) {
    if (at("needs") !== null) at("needs").textContent = error.message;
    else at("trouble").textContent = error.message;
  }
}

// What scripts beside the page may ask, as its tests do.
window.whoowns = {
  ready: begun(),
  open,
  ask: (question, bytes) => quick.ask({ rules, ...question }, { bytes }),
  answered: () => answered,
};
