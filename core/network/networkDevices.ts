/** What may compute networks: `auto` takes what computes a model's own test right and fastest. */
export const NETWORK_DEVICES = ['auto', 'cpu', 'webgpu', 'cuda', 'dml', 'coreml'] as const;

/** One of `NETWORK_DEVICES`; the names of processors are those of ONNX Runtime's execution providers. */
export type NetworkDevice = (typeof NETWORK_DEVICES)[number];
