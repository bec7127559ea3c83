/** Marks the branch of a switch that the type checker proves unreachable. */
export function assertNever(value: never): never {
  throw new TypeError(`Unreachable: ${JSON.stringify(value)}`);
}
