/**
 * The host globals that every place where `core/` runs provides: a browser page, a worker, Node.
 * `core/` is compiled without DOM or Node types; what is not declared here cannot be used there.
 */
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

interface AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}
declare const AbortController: { new (): AbortController };

interface TextDecoder {
  decode(bytes?: Uint8Array | ArrayBuffer): string;
}
declare const TextDecoder: {
  new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder;
};

interface TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare const TextEncoder: { new (): TextEncoder };

declare function structuredClone<T>(value: T): T;

interface DecompressionStream {
  readonly readable: {
    getReader(): {
      readonly closed: Promise<unknown>;
      read(): Promise<
        { done: false; value: Uint8Array<ArrayBuffer> } | { done: true; value?: undefined }
      >;
      cancel(): Promise<void>;
    };
  };
  readonly writable: {
    getWriter(): {
      readonly closed: Promise<unknown>;
      write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
      close(): Promise<void>;
    };
  };
}
declare const DecompressionStream: {
  new (format: 'deflate' | 'deflate-raw' | 'gzip'): DecompressionStream;
};

declare const CompressionStream: {
  new (format: 'deflate' | 'deflate-raw' | 'gzip'): DecompressionStream;
};

declare const crypto: {
  readonly subtle: {
    digest(algorithm: 'SHA-256', data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
  };
};

declare function atob(base64: string): string;

declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>);
    private readonly brand: never;
  }
  class Memory {
    constructor(descriptor: { initial: number });
    readonly buffer: ArrayBuffer;
  }
  class Instance {
    constructor(module: Module, imports: { env: { memory: Memory } });
    readonly exports: object;
  }
}
