// Parts of a page, and files.
const at = (id) => document.getElementById(id);
const reader = new TextDecoder();

function make(tag, text, className) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
}

function button(text, act, className) {
  const element = make("button", text, className);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

function option(text, value) {
  const element = make("option", text);
  element.value = value;
  return element;
}

// A label above a field; `id` ties them together.
function labelled(text, field, id) {
  const box = make("div");
  const label = make("label", text);
  field.id = label.htmlFor = id;
  box.append(label, field);
  return box;
}

const some = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

// What the program wrote for a page: it escapes every text, and no script in it is run.
function written(html) {
  return [...new DOMParser().parseFromString(html, "text/html").body.childNodes].map((node) => document.importNode(node, true));
}

// Of a long list the first few are shown, and the rest opens.
const SHOWN = 3;
function shortened(list) {
  const rest = [...list.children].slice(SHOWN);
  if (rest.length === 0) return;
  const more = make("details");
  const hidden = make(list.tagName);
  if (list.tagName === "OL") hidden.start = SHOWN + 1;
  hidden.append(...rest);
  more.append(make("summary", `and ${rest.length} more`), hidden);
  list.after(more);
}

// A picture of the program; what is no picture is not shown.
function picture(svg) {
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  return root.nodeName === "svg" ? [document.importNode(root, true)] : [];
}

// A page within the page. One with scripts is kept apart from this one.
function framed(into, title, html, scripts) {
  const frame = make("iframe");
  frame.title = title;
  frame.setAttribute("sandbox", scripts ? "allow-scripts" : "allow-same-origin allow-modals");
  frame.srcdoc = html;
  into.replaceChildren(frame);
  into.hidden = false;
  return frame;
}

function save(name, content, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = make("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

const file_name = (text) => (text ?? "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "") || "organization";

// The text of a file that people write themselves: a profile, a rule file.
const LARGEST_TEXT = 4 << 20;
async function text_of(file) {
  if (file.size > LARGEST_TEXT) throw new Error(`${file.name} has ${Math.round(file.size / (1 << 20))} MB, which is no file that somebody wrote by hand; a client list goes to “A client list”.`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch (error) {
    if (error instanceof TypeError) throw new Error(`${file.name} is no text in UTF-8, so it is neither a profile nor a rule file.`);
    throw new Error(`${file.name} cannot be read: ${error.message}`);
  }
}

// A field that takes files, as often as the same one is chosen.
function chosen(id, take) {
  at(id).addEventListener("change", (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (file !== undefined) take(file);
  });
}
