/** The ladder on which windows widen. The twin of `domain/summary/window-ladder.ts`. */

/** Width in ms of a step: see `ladderWidthMs`. */
export function widthOfStep(finestMs: i64, step: u32): i64 {
  return finestMs * multipleOf(step);
}

function multipleOf(step: u32): i64 {
  switch (step) {
    case 0:
      return 1;
    case 1:
      return 5;
    case 2:
      return 60;
    case 3:
      return 1440;
    case 4:
      return 10_080;
    default:
      return <i64>40_320 << <i64>(step - 5);
  }
}
