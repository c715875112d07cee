// The brief: shown, printed, saved.
async function brief(format) {
  try {
    const { bytes } = await ask({ call: "brief", ...organization(), start: state.start, go_live: state.live, format });
    at("brief-trouble").textContent = "";
    return bytes;
  } catch (error) {
    at("brief-trouble").textContent = error.message;
    return null;
  }
}
at("brief-form").addEventListener("submit", (event) => event.preventDefault());
for (const [id, entry] of [["start", "start"], ["live", "live"]]) {
  at(id).addEventListener("change", () => {
    state = { ...state, [entry]: at(id).value };
    keep();
    renew_brief();
  });
}
async function show_brief() {
  const bytes = await brief("html");
  if (bytes === null) return null;
  const frame = framed(at("brief"), "The brief", reader.decode(bytes), false);
  await new Promise((loaded) => frame.addEventListener("load", loaded, { once: true }));
  frame.style.height = `${frame.contentDocument.documentElement.scrollHeight + 4}px`;
  return frame;
}
// A brief that is shown says what is known now.
function renew_brief() {
  if (!at("brief").hidden) show_brief();
}
at("show-brief").addEventListener("click", show_brief);
at("print-brief").addEventListener("click", async () => (await show_brief())?.contentWindow.print());
const KINDS = { html: ["html", "text/html"], markdown: ["md", "text/markdown"], docx: ["docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"] };
for (const one of document.querySelectorAll("[data-brief]")) {
  one.addEventListener("click", async () => {
    const bytes = await brief(one.dataset.brief);
    const [ending, type] = KINDS[one.dataset.brief];
    if (bytes !== null) save(`${file_name(state.profile.name)}-brief.${ending}`, bytes, type);
  });
}
