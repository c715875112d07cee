"use strict";
// The engine, apart from what is shown: a question comes in, its answer goes out.
const memory = { encoder: new TextEncoder(), decoder: new TextDecoder() };
let engine;
let asking;

async function load(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const module = await WebAssembly.compile(await new Response(stream).arrayBuffer());
  const imports = { env: { advanced: (records, bytes) => postMessage({ id: asking, records, bytes }) } };
  // What a library would ask of a browser, and what nothing here reaches.
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] ??= () => {
      throw new Error(`${name} is not to be had here`);
    };
  }
  engine = (await WebAssembly.instantiate(module, imports)).exports;
}

// A line of JSON, and bytes behind it.
function ask(question, bytes) {
  const line = memory.encoder.encode(JSON.stringify(question) + "\n");
  const length = line.length + bytes.length;
  const room = engine.room(length);
  const into = new Uint8Array(engine.memory.buffer, room, length);
  into.set(line);
  into.set(bytes, line.length);
  const long = engine.call();
  const answer = new Uint8Array(engine.memory.buffer, engine.answer(), long);
  const end = answer.indexOf(10);
  return { line: JSON.parse(memory.decoder.decode(answer.subarray(0, end))), bytes: answer.slice(end + 1) };
}

let loaded;
onmessage = async ({ data }) => {
  if (data.engine !== undefined) {
    loaded = load(data.engine);
    loaded.catch(() => {});
    return;
  }
  try {
    await loaded;
    asking = data.id;
    const { line, bytes } = ask(data.question, data.bytes ?? new Uint8Array());
    postMessage({ id: data.id, line, bytes }, [bytes.buffer]);
  } catch (error) {
    postMessage({ id: data.id, broken: String(error) });
  }
};
