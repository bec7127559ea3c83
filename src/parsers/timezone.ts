export function isTimezone(_name: string): boolean {
  return true;
}
