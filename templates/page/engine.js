// The program in a thread; one that broke, or is stopped, is started anew.
const NO_PROGRAM = "This browser does not let the page run its program: WebAssembly or workers may be forbidden by a setting or by who manages it. A current Chrome, Edge, Firefox or Safari runs it, and so does the program on a computer.";

class Engine {
  static module = null;

  constructor() {
    this.waiting = new Map();
    this.last = 0;
    this.worker = null;
  }

  start() {
    const address = URL.createObjectURL(new Blob([at("worker").textContent], { type: "text/javascript" }));
    try {
      this.worker = new Worker(address);
    } catch {
      throw new Error(NO_PROGRAM);
    }
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    this.worker.onmessage = ({ data }) => this.heard(data);
    this.worker.onerror = () => this.stop(NO_PROGRAM);
    this.worker.postMessage(Engine.module === null ? { packed: at("engine").textContent } : { module: Engine.module });
  }

  heard(data) {
    if (data.module !== undefined) {
      Engine.module = data.module;
      return;
    }
    if (data.unable !== undefined) {
      this.stop(NO_PROGRAM);
      return;
    }
    const asked = this.waiting.get(data.id);
    if (asked === undefined) return;
    if (data.records !== undefined) {
      asked.advanced?.(data.records, data.bytes);
      return;
    }
    this.waiting.delete(data.id);
    clearTimeout(asked.limit);
    if (data.broken !== undefined) {
      asked.fail(new Error(`The program stopped (${data.broken}); it may have needed more memory than the browser gives. What was entered is still here.`));
      this.stop("The program was started again.");
    } else if (data.line.refused !== undefined) {
      asked.fail(new Error(data.line.refused));
    } else {
      asked.done({ said: data.line.said, bytes: data.bytes });
    }
  }

  // `bytes` stand behind the question; `advanced` hears how far the answer is; after so many `seconds` it is given up.
  ask(question, { bytes, advanced, seconds } = {}) {
    if (this.worker === null) this.start();
    this.last += 1;
    const id = this.last;
    return new Promise((done, fail) => {
      const give_up = () => this.stop(`This took more than ${seconds} seconds and was given up; the program on a computer has no such limit.`);
      const limit = seconds === undefined ? undefined : setTimeout(give_up, seconds * 1000);
      this.waiting.set(id, { done, fail, advanced, limit });
      this.worker.postMessage({ id, question, bytes }, bytes ? [bytes.buffer] : []);
    });
  }

  // Gives up what is being answered, and frees its memory.
  stop(why) {
    this.worker?.terminate();
    this.worker = null;
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const asked of waiting) {
      clearTimeout(asked.limit);
      asked.fail(new Error(why));
    }
  }
}

// One for what is answered at once, and one each for what takes its time.
const quick = new Engine();
const lists = new Engine();
const checks = new Engine();
const AT_ONCE = 20;

// The rules in use, and what the page shows of them; `null` stands for the built-in ones.
const own = JSON.parse(at("own").textContent);
let rules = own;
let shape = null;
const ask = (question) => quick.ask({ rules, ...question }, { seconds: AT_ONCE });
