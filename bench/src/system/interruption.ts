/** Ctrl-C and SIGTERM end what was started, too. */
const stops = new Set<() => Promise<void>>();

/** The answer takes the registration back. */
export function onInterruption(stop: () => Promise<void>): () => void {
  stops.add(stop);
  return () => void stops.delete(stop);
}

export function listenForInterruption(): void {
  const end = async (): Promise<void> => {
    await Promise.allSettled([...stops].map((stop) => stop()));
    process.exit(130);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => void end());
}
