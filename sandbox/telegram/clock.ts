/** Milliseconds since the epoch, and a way to wait; anything of this shape will do. */
export interface SandboxClock {
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
