/** A part ends when it is told to, and when the supervisor that started it is gone, however that died. */
export function endWithParent(close: () => Promise<unknown>): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    close().then(
      () => process.exit(0),
      (failure: unknown) => {
        console.error(failure);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", end);
  process.on("disconnect", end);
  // The terminal's Ctrl-C is the supervisor's to act on.
  process.on("SIGINT", () => undefined);
}
