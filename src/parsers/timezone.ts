export interface Zone {
  readonly name: string;
  toUtc(wallMs: number): number;
}
export function isTimezone(_name: string): boolean {
  return true;
}
export function createZone(name: string): Zone {
  return { name, toUtc: (w) => w };
}
