"use strict";
// The program in a thread of its own: a question comes in, its answer goes out.
const encoder = new TextEncoder();
const decoder = new TextDecoder();
let program;
let asking;

// Bytes from letters, 13 bits in two of 91, as `report/page` writes them; how many they are stands before.
function bytes_of(text) {
  const values = new Uint8Array(128);
  let value = 0;
  for (let code = 33; code < 127; code += 1) if (!"&<>".includes(String.fromCharCode(code))) values[code] = value++;
  const start = text.indexOf(" ") + 1;
  const bytes = new Uint8Array(Number(text.slice(0, start)));
  let waiting = 0;
  let bits = 0;
  let at = 0;
  for (let from = start; at < bytes.length; from += 2) {
    waiting |= (values[text.charCodeAt(from)] + 91 * values[text.charCodeAt(from + 1)]) << bits;
    for (bits += 13; bits >= 8 && at < bytes.length; bits -= 8) {
      bytes[at++] = waiting & 255;
      waiting >>>= 8;
    }
  }
  return bytes;
}

async function unpacked(text) {
  const stream = new Blob([bytes_of(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
  const module = await WebAssembly.compile(await new Response(stream).arrayBuffer());
  // A thread that is started later need not do all of this again.
  postMessage({ module });
  return module;
}

async function start({ packed, module: ready }) {
  const module = ready ?? (await unpacked(packed));
  const imports = { env: { advanced: (records, bytes) => postMessage({ id: asking, records, bytes }) } };
  // What a library would ask of a browser, and what nothing here reaches.
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] ??= () => {
      throw new Error(`${name} is not to be had here`);
    };
  }
  program = (await WebAssembly.instantiate(module, imports)).exports;
}

// A line of JSON, and bytes behind it, both ways.
function ask(question, bytes) {
  const line = encoder.encode(JSON.stringify(question) + "\n");
  const length = line.length + bytes.length;
  const room = program.room(length);
  const into = new Uint8Array(program.memory.buffer, room, length);
  into.set(line);
  into.set(bytes, line.length);
  const long = program.call() >>> 0;
  const answer = new Uint8Array(program.memory.buffer, program.answer() >>> 0, long);
  const end = answer.indexOf(10);
  return { line: JSON.parse(decoder.decode(answer.subarray(0, end))), bytes: answer.slice(end + 1) };
}

let started;
onmessage = async ({ data }) => {
  if (data.id === undefined) {
    started = start(data);
    started.catch((error) => postMessage({ unable: String(error) }));
    return;
  }
  try {
    await started;
    asking = data.id;
    const { line, bytes } = ask(data.question, data.bytes ?? new Uint8Array());
    postMessage({ id: data.id, line, bytes }, [bytes.buffer]);
  } catch (error) {
    postMessage({ id: data.id, broken: String(error) });
  }
};
