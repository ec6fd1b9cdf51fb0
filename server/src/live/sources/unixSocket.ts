// One datagram socket of the unix family, over a ready-made binary: node has none of its own. Knows no protocol, and
// nothing of paths but that one binds to them and sends to them.
import { createRequire } from "node:module";
import { isMainThread } from "node:worker_threads";

/** What the binary brings. It answers by `emit("_data", bytes, from)` and `emit("_error", error)` on what it was made with. */
type Binary = { readonly DgramSocketWrap: new (owner: { emit: Emit }) => Wrap; readonly initCleanupHook: () => void };
type Emit = (event: string, ...said: unknown[]) => boolean;
type Wrap = {
  init(itself: Wrap): void;
  startRecv(): void;
  bind(path: string): void;
  sendTo(bytes: Buffer, offset: number, length: number, path: string, done: (error?: Error) => void): void;
  getRecvBufferSize(): number;
  setRecvBufferSize(size: number): void;
  close(): void;
};

/** npm installs the one that fits the platform and its C library; a binary of another one does not load. */
const packages = ["node-unix-socket-linux-x64-gnu", "node-unix-socket-linux-x64-musl"];

function load(): Binary | undefined {
  const require = createRequire(__filename);
  for (const name of packages) {
    try {
      const binary = require(name) as Binary;
      // A thread that ends with a socket open would take the process with it.
      if (!isMainThread) binary.initCleanupHook();
      return binary;
    } catch {
      // Not installed, or not for this platform: the next one.
    }
  }
  return undefined;
}

let known: { readonly binary: Binary | undefined } | undefined;

/** `failed` comes at most once; the socket is closed by then. */
export type UnixSocketEvents = {
  readonly data?: (bytes: Buffer) => void;
  readonly failed?: (error: Error) => void;
};

export class UnixSocket {
  readonly #wrap: Wrap;
  #closed = false;

  /** Whether there is a binary for this platform. */
  static isAvailable(): boolean {
    known ??= { binary: load() };
    return known.binary !== undefined;
  }

  /** Throws Error where there is no binary, or where the system has no socket left. */
  constructor({ data, failed }: UnixSocketEvents = {}) {
    const binary = UnixSocket.isAvailable() ? known?.binary : undefined;
    if (!binary) throw new Error("This platform has no unix datagram sockets");
    const emit: Emit = (event, said) => {
      if (this.#closed) return true;
      if (event === "_data") data?.(said as Buffer);
      if (event === "_error") {
        this.close();
        failed?.(said instanceof Error ? said : new Error(String(said)));
      }
      return true;
    };
    this.#wrap = new binary.DgramSocketWrap({ emit });
    this.#wrap.init(this.#wrap);
    this.#wrap.startRecv();
  }

  /** Makes the file of the path. Throws Error with the system's words where it cannot. */
  bind(path: string): void {
    this.#wrap.bind(path);
  }

  /** Rejects with the system's words where nobody takes it. */
  send(bytes: Buffer, path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#wrap.sendTo(bytes, 0, bytes.length, path, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Bytes that the kernel keeps while the process is busy. */
  get receiveBuffer(): number {
    return this.#wrap.getRecvBufferSize();
  }

  setRecvBufferSize(size: number): void {
    this.#wrap.setRecvBufferSize(size);
  }

  /** Leaves the file of the path where it is. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#wrap.close();
  }
}
