/** Takes the colours off the line at hand. */
export function withoutColours(): void {}
