export const FORMAT_NAMES = ['plain'];
export function formatNamed(name: string): { name: string } {
  return { name };
}
