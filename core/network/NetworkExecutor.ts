/** M images with their channels: float32 values of axes (m, channel, y, x). */
export interface NetworkBlock {
  readonly inputCount: number;
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array<ArrayBuffer>;
}

/** What computes a network. */
export interface NetworkExecutor {
  /**
   * Runs the network on one block of any size; see `NetworkGraph` for sizes that halving does not fit.
   * The block is given away: its data may move to another thread.
   *
   * @returns float32 values of axes (y, x)
   * @throws AxialError DeviceError when the runtime fails, CancelledError when `signal` has fired
   */
  run(block: NetworkBlock, signal?: AbortSignal): Promise<Float32Array<ArrayBuffer>>;
  /** Memory for the data of a block, of so many numbers: that of one that was run before, where there is some. */
  memory(length: number): Float32Array<ArrayBuffer>;
  /** Starts to load what so many images need; whether that fails shows when they are run. */
  prepare(inputCount: number): void;
  /** What computes, in words for the status bar; what is asked for but not at hand is not named. */
  readonly device: ExecutorDevice;
  /** Gives memory back; running afterwards is a bug. */
  dispose(): Promise<void>;
}

/** The device that a session really uses. */
export interface ExecutorDevice {
  readonly provider: string;
  /** Threads of a CPU provider, otherwise `null`. */
  readonly threads: number | null;
  readonly description: string;
}
