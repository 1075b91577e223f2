import type { Desk } from '#src/desk/desk.ts';

export interface Mortal {
  readonly desk: Desk;
  /** Resolves at the death. */
  readonly death: Promise<void>;
  /** Steps to the outside taken so far. */
  steps(): number;
}

type Call = (...args: unknown[]) => unknown;

/**
 * A desk whose process dies with its `life`th step to the outside: that call is made, but its answer and every later call
 * never come to anything.
 */
export function mortal(desk: Desk, life: number): Mortal {
  const { promise: death, resolve: die } = Promise.withResolvers<void>();
  let steps = 0;
  const step = (call: () => unknown): unknown => {
    steps += 1;
    if (steps < life) return call();
    if (steps === life) {
      void Promise.resolve(call()).then(
        () => die(),
        () => die(),
      );
    }
    return new Promise(() => undefined);
  };
  const counted = <T extends object>(target: T, names: (name: string) => boolean): T =>
    new Proxy(target, {
      get(real, name) {
        const value: unknown = Reflect.get(real, name);
        if (typeof value !== 'function' || typeof name !== 'string') return value;
        const bound = value.bind(real) as Call;
        // A transaction is one step: when it is carried out.
        if (name === 'multi' || name === 'pipeline')
          return (...args: unknown[]) => counted(bound(...args) as object, (own) => own === 'exec');
        return names(name) ? (...args: unknown[]) => step(() => bound(...args)) : chained(bound, names, real);
      },
    });
  /** `multi().hset(…)` answers the transaction itself: the counted one goes on. */
  const chained =
    (bound: Call, names: (name: string) => boolean, real: object) =>
    (...args: unknown[]) => {
      const answer = bound(...args);
      return answer === real ? counted(real, names) : answer;
    };
  const all = () => true;
  const redis = counted(desk.store.redis, all);
  const store = {
    ...desk.store,
    redis,
    run: (...args: Parameters<typeof desk.store.run>) =>
      step(() => desk.store.run(...args)) as Promise<unknown>,
    runRaw: (...args: Parameters<typeof desk.store.runRaw>) =>
      step(() => desk.store.runRaw(...args)) as Promise<unknown>,
  };
  const telegram = {
    ...desk.telegram,
    remove: (...args: Parameters<typeof desk.telegram.remove>) =>
      step(() => desk.telegram.remove(...args)) as ReturnType<typeof desk.telegram.remove>,
    call: ((...args: Parameters<typeof desk.telegram.call>) =>
      step(() => desk.telegram.call(...args))) as typeof desk.telegram.call,
  };
  return { desk: { ...desk, store, telegram }, death, steps: () => steps };
}
