const NOBODY = 65_534;

/** Runs `action` without the rights of root, for which no permission is ever denied; as it is for everyone else. */
export function asNobody<Value>(action: () => Value): Value {
  const { seteuid } = process;
  if (process.geteuid?.() !== 0 || seteuid === undefined) return action();
  seteuid(NOBODY);
  try {
    return action();
  } finally {
    seteuid(0);
  }
}
